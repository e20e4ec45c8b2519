import { hourMs } from '@longhaul/workflow-kit';

/** Paystack reminds every four hours, and takes silence for a yes: the last reminders are louder. */
const dueSoonMs = 6 * hourMs;
/** Nobody may hear of it but once: an open dispute is raised again. */
const raisedAgainMs = 4 * hourMs;
/** Its end is told to us. This is for the word that is lost. */
const looksAgainMs = 24 * hourMs;

export interface Urgency {
  readonly code: 'dispute-open' | 'dispute-due';
  /** When it is to be raised again. */
  readonly againInMs: number;
}

/** How loud a dispute is that nobody has answered. One without a date may be due at any time. */
export function urgencyOf(dueAt: string | undefined, nowMs: number): Urgency {
  const leftMs = dueAt === undefined ? 0 : Date.parse(dueAt) - nowMs;
  if (leftMs <= dueSoonMs) return { code: 'dispute-due', againInMs: leftMs > 0 ? raisedAgainMs : looksAgainMs };
  return { code: 'dispute-open', againInMs: Math.min(raisedAgainMs, leftMs - dueSoonMs) };
}

export const answeredLooksAgainMs = looksAgainMs;
