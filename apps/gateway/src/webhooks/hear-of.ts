import { InputConflict, RunFinished, RunNotFound } from '@longhaul/client';
import { actionsFor, type HeardEvent, type RunToStart } from '@longhaul/contracts';
import type { LonghaulClient } from '../routes/route.ts';

/** What was done about it: a run was told, a late charge is being settled, or there is nothing to do. */
export type Done = 'told' | 'late' | 'nothing';

/** Does what the event asks for. */
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

/** Its id names what it is about: a run that is there, whoever started it, sees to this very charge or dispute. */
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

/** False when the run has ended and needs no telling. */
async function unlessOver(signal: Promise<void>): Promise<boolean> {
  try {
    await signal;
    return true;
  } catch (error) {
    if (error instanceof RunFinished || error instanceof RunNotFound) return false;
    throw error;
  }
}
