import { dayMs, hourMs, minuteMs, secondMs } from '@longhaul/workflow-kit';

/** The reason of a refund that was not sent, as the payer has asked their bank for the money. */
export const chargeDisputed = 'charge-disputed';

/** A bank gives money back within ten working days. */
export const refundEndsWithinMs = 15 * dayMs;

/** A bank that takes its time over a charge that we wait for, or over one that came when nobody waited. */
export const chargeDecidedWithinMs = 15 * minuteMs;
export const lateChargeDecidedWithinMs = dayMs;

/**
 * The pause before the next look at something that goes on elsewhere: soon at first, and at least every six hours. Each look
 * is a dozen events in the history of its run.
 */
export function nextLookMs(look: number): number {
  return Math.min(secondMs * 2 ** Math.min(look, 20), 6 * hourMs);
}
