import { report, type CallerAnswer } from '@longhaul/sandbox/checker';
import { judgeHouse } from '@longhaul/testing/processes';
import type { Addresses } from '../apps.ts';

/** Holds what the tour has left behind against the invariants; true when the checker has nothing to say. */
export async function judge(addresses: Addresses, answers: readonly CallerAnswer[]): Promise<boolean> {
  const { runs, sandbox, violations } = await judgeHouse(addresses, answers);
  console.log(`The checker looked at ${runs.length} runs and ${sandbox.journal.length} effects of the services.`);
  console.log(report(violations));
  return violations.length === 0;
}
