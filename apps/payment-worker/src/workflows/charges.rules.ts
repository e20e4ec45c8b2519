const secondMs = 1_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A bank gives money back within ten working days. */
export const refundEndsWithinMs = 15 * dayMs;

/** The pause before the next look at something that goes on elsewhere: soon at first, and at least every hour. */
export function nextLookMs(look: number): number {
  return Math.min(secondMs * 2 ** Math.min(look, 20), hourMs);
}
