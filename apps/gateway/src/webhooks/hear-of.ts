import { InputConflict, RunFinished, RunNotFound } from '@longhaul/client';
import { actionsFor, type HeardEvent, type RunToStart } from '@longhaul/contracts';
import type { LonghaulClient } from '../routes/route.ts';

/** A run was signalled, a late charge is being settled, or there is nothing to do. */
export type Done = 'told' | 'late' | 'nothing';

/** Signals or starts the runs that the event is for. */
export async function hearOf(longhaul: LonghaulClient, heard: HeardEvent, correlationId: string): Promise<Done> {
  const { start, signals = [], startUnlessSignalled } = actionsFor(heard);
  if (start) await startUnlessThere(longhaul, start, correlationId);
  const sent = await Promise.all(
    signals.map(({ contract, workflowId, name }) => unlessOver(longhaul.handle(contract, workflowId).signal(name, {}))),
  );
  if (start || sent.includes(true)) return 'told';
  if (!startUnlessSignalled) return 'nothing';
  await startUnlessThere(longhaul, startUnlessSignalled, correlationId);
  return 'late';
}

/** The id of the run is made from the charge or dispute, so an existing run, whoever started it, already handles it. */
async function startUnlessThere(
  longhaul: LonghaulClient,
  { contract, input }: RunToStart,
  correlationId: string,
): Promise<void> {
  try {
    await longhaul.start(contract, input, { correlationId });
  } catch (error) {
    if (!(error instanceof InputConflict)) throw error;
  }
}

/** False if the run has ended, so that it needs no signal. */
async function unlessOver(signal: Promise<void>): Promise<boolean> {
  try {
    await signal;
    return true;
  } catch (error) {
    if (error instanceof RunFinished || error instanceof RunNotFound) return false;
    throw error;
  }
}
