import {
  idempotencyKey,
  type InputOf,
  type ResolveRequest,
  type RunStatus,
  type WorkflowContract,
} from '@longhaul/contracts';
import type { WorkflowHandle } from '@temporalio/client';
import type { House, HouseStartOptions } from '../house.ts';
import type { FaultRule } from '../matrix/scenario.ts';
import { isParked, statusOf, untilAtRest } from '../waiting.ts';

/** How a run is brought to where it is worth keeping. */
export interface Play extends Pick<HouseStartOptions, 'fastPath' | 'firstSignal' | 'time'> {
  /** The rules of the fault plan. */
  readonly faults?: readonly FaultRule[];
  /** Done when the call of this step reaches its service, before its work. */
  readonly at?: readonly [step: string, action: (house: House, workflowId: string) => unknown];
  /** Done while the run goes on. */
  readonly meanwhile?: (house: House, run: WorkflowHandle) => Promise<unknown>;
  /** Said by an operator when the run is parked; `stay` leaves it there. */
  readonly parked?: ResolveRequest | 'settled by signal' | 'cancel' | 'stay';
}

export const retry: ResolveRequest = { action: 'retry', by: 'Grace' };
export const settled: ResolveRequest = { action: 'settled', by: 'Grace', note: 'seen to it' };
export const refuse = (step: string): FaultRule => ({ key: `/${step}$`, kind: 'refusal' });
export const loseAnswer = (step: string): FaultRule => ({
  key: `/${step}$`,
  kind: 'lost-answer',
  attempts: { to: 1 },
});

const handleOf = (house: House, workflowId: string) => house.client.workflow.getHandle(workflowId);
/** Not waited for: behind local attempts it is answered when they are over. */
export const sendCancel = (house: House, workflowId: string) => {
  void cancelNow(house, workflowId);
};
export const cancelNow = (house: House, workflowId: string) =>
  handleOf(house, workflowId).executeUpdate('cancel', { args: [{ reason: 'changed my mind' }] as never });
export const signalNow = (house: House, workflowId: string) =>
  handleOf(house, workflowId).signal('cancel', { reason: 'by signal' });
export const cancelInTemporal = (house: House, workflowId: string) => handleOf(house, workflowId).cancel();
export const resolve = (run: WorkflowHandle, word: ResolveRequest) =>
  run.executeUpdate('resolve', { args: [word] as never });

/** Starts a run, and stays with it until it has ended, or stands where the play leaves it. */
export async function playThrough<C extends WorkflowContract>(
  house: House,
  contract: C,
  input: InputOf<C>,
  play: Play,
): Promise<WorkflowHandle> {
  const { faults, at } = play;
  const workflowId = contract.id.of(input);
  if (faults) house.sandbox.faults.set({ seed: 1, rules: [...faults] });
  if (at)
    house.atCall('before', idempotencyKey(workflowId, at[0]), async () => {
      await at[1](house, workflowId);
    });
  const { fastPath, firstSignal, time } = play;
  const run = await house.start(contract, input, {
    ...(fastPath !== undefined && { fastPath }),
    ...(firstSignal && { firstSignal }),
    ...(time && { time }),
  });
  return seeThrough(house, run, play);
}

/** As `playThrough`, for a run that another one has started. */
export async function seeThrough(
  house: House,
  run: WorkflowHandle,
  { meanwhile, parked }: Pick<Play, 'meanwhile' | 'parked'> = {},
): Promise<WorkflowHandle> {
  await meanwhile?.(house, run);
  if (parked) {
    await untilParked(run);
    if (parked === 'stay') return run;
    house.sandbox.faults.clear();
    if (parked === 'cancel') await cancelNow(house, run.workflowId);
    else if (parked === 'settled by signal') await run.signal<[ResolveRequest]>('resolve', settled);
    else await resolve(run, parked);
  }
  const status = await atRest(run);
  if (isParked(status)) throw new Error(`The run needs a person [${run.workflowId}]: ${JSON.stringify(status)}`);
  await run.result();
  return run;
}

export async function untilParked(run: WorkflowHandle): Promise<void> {
  const status = await atRest(run);
  if (!isParked(status)) throw new Error(`The run needs nobody [${run.workflowId}]: ${JSON.stringify(status)}`);
}

async function atRest(run: WorkflowHandle): Promise<RunStatus> {
  await untilAtRest(run);
  return statusOf(run);
}
