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

/** How to bring a run to the point where its history is recorded. */
export interface Play extends Pick<HouseStartOptions, 'fastPath' | 'firstSignal' | 'time'> {
  /** The rules of the fault plan. */
  readonly faults?: readonly FaultRule[];
  /** Called when the call of this step reaches its service, before its work. */
  readonly at?: readonly [step: string, action: (house: House, workflowId: string) => unknown];
  /** Called after the start, while the run goes on. */
  readonly meanwhile?: (house: House, run: WorkflowHandle) => Promise<unknown>;
  /** What an operator does when the run is parked; `stay` leaves it parked. */
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
/** Does not wait for the answer, which comes only after the local attempts in progress. */
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

/** Starts a run and plays it until it has ended or is parked. */
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

/** Like `playThrough`, for a run that another run has started. */
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
  if (isParked(status)) throw new Error(`The run is parked [${run.workflowId}]: ${JSON.stringify(status)}`);
  await run.result();
  return run;
}

export async function untilParked(run: WorkflowHandle): Promise<void> {
  const status = await atRest(run);
  if (!isParked(status)) throw new Error(`The run is not parked [${run.workflowId}]: ${JSON.stringify(status)}`);
}

async function atRest(run: WorkflowHandle): Promise<RunStatus> {
  await untilAtRest(run);
  return statusOf(run);
}
