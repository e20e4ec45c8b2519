import { setTimeout as pause } from 'node:timers/promises';
import type { Attention, ResolveRequest } from '@longhaul/contracts';
import type { KillableHouse } from '@longhaul/testing';
import type { WorkflowHandle } from '@temporalio/client';
import type { CaseRun } from './run.fixture.ts';
import { askStatus, send } from './messages.fixture.ts';

const lookEveryMs = 500;
const mostLooks = 240;
const atATime = 20;
const by = 'Grace';

/**
 * Waits until all runs and everything in `afterwards` have ended, and acts as the operator of parked runs. Returns the runs that
 * should not have parked.
 */
export async function untilAllHaveEnded(
  house: KillableHouse,
  caseRuns: readonly CaseRun[],
  afterwards: Promise<unknown>,
): Promise<readonly string[]> {
  const over = new Set<string>();
  const askedBefore = new Set<string>();
  const unneeded: string[] = [];
  const lookAt = async (run: WorkflowHandle): Promise<void> => {
    const { workflowId } = run;
    const { status } = await run.describe();
    if (status.name !== 'RUNNING') return void over.add(workflowId);
    const attention = (await askStatus(run))?.attention;
    if (!attention) return;
    const own = caseRuns.find(
      ({ workflowId: id, reference }) => id === workflowId || `late-${reference}` === workflowId,
    );
    if (!mayAsk(own, attention)) unneeded.push(`${workflowId} asked a person: ${attention.message}`);
    const retry =
      own?.generated.what === 'top-up' && own.generated.operator === 'retry' && !askedBefore.has(workflowId);
    askedBefore.add(workflowId);
    const word: ResolveRequest = retry ? { action: 'retry', by } : { action: 'settled', by, note: 'seen to it' };
    await send(run, 'resolve', word);
  };
  let quiet = false;
  const done = afterwards.finally(() => (quiet = true));
  for (let looks = 0; ; looks += 1) {
    const open = house.started.filter(({ workflowId }) => !over.has(workflowId));
    if (open.length === 0 && quiet) break;
    if (looks === mostLooks)
      throw new Error(`These runs did not end in time: ${open.map(({ workflowId }) => workflowId).join(', ')}`);
    for (let at = 0; at < open.length; at += atATime) await Promise.all(open.slice(at, at + atATime).map(lookAt));
    await pause(lookEveryMs);
  }
  await done;
  return unneeded;
}

/**
 * Whether a run may park. It may if two runs refund one charge at the same moment: the gateway refuses the second refund, whose
 * run parks. The money is refunded by the first; otherwise the end of the case is reported as wrong.
 */
function mayAsk(own: CaseRun | undefined, { code }: Attention): boolean {
  const wrongAmount = own?.generated.what === 'top-up' && own.generated.pays?.amount === 'wrong';
  return code === 'refund-refused' || (wrongAmount && code === 'amount-mismatch');
}
