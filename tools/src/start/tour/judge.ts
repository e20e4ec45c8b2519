import { report } from '@longhaul/checker';
import { judgeHouse, type Addresses, type HouseApi } from '@longhaul/testing/processes';

/** Checks the evidence of the tour against the invariants; true if the checker found no violation. */
export async function judge(addresses: Addresses, api: HouseApi, since: Date): Promise<boolean> {
  const { runs, sandbox, violations } = await judgeHouse(addresses, api, { since });
  console.log(`The checker looked at ${runs.length} runs and ${sandbox.journal.length} effects of the services.`);
  console.log(report(violations));
  return violations.length === 0;
}
