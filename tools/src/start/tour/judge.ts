import { report } from '@longhaul/checker';
import { judgeHouse, type Addresses, type HouseApi } from '@longhaul/testing/processes';

/** Holds what the tour has left behind against the invariants; true when the checker has nothing to say. */
export async function judge(addresses: Addresses, api: HouseApi, since: Date): Promise<boolean> {
  const { runs, sandbox, violations } = await judgeHouse(addresses, api, { since });
  console.log(`The checker looked at ${runs.length} runs and ${sandbox.journal.length} effects of the services.`);
  console.log(report(violations));
  return violations.length === 0;
}
