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
 * Waits until every run has ended, and what is done `afterwards`, as the operator of those that ask for one. Tells who asked
 * without need.
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
      throw new Error(`These never ended: ${open.map(({ workflowId }) => workflowId).join(', ')}`);
    for (let at = 0; at < open.length; at += atATime) await Promise.all(open.slice(at, at + atATime).map(lookAt));
    await pause(lookEveryMs);
  }
  await done;
  return unneeded;
}

/**
 * All but this is to be done without a person. Two runs that give back one charge in the same moment are not yet among it: the
 * gateway refuses the second, which asks. The money has gone back all the same, or the case has not ended as it may.
 */
function mayAsk(own: CaseRun | undefined, { code }: Attention): boolean {
  const wrongAmount = own?.generated.what === 'top-up' && own.generated.pays?.amount === 'wrong';
  return code === 'refund-refused' || (wrongAmount && code === 'amount-mismatch');
}
