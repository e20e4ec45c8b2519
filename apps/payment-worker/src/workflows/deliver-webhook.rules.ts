import { hourMs, minuteMs, secondMs } from '@longhaul/workflow-kit';

/** Pauses before the tries of a delivery: close together at first, and three days in all. */
export const ladder: readonly number[] = [
  0,
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];

const longestAskedForMs = 24 * hourMs;

/**
 * The pause before a try. Up to a tenth longer than the ladder says, so that the deliveries that failed together do not all
 * come back together; longer still when the endpoint asked for it. `chance`: at least 0 and below 1.
 */
export function pauseBefore(rung: number, chance: number, askedToWaitMs = 0): number {
  const pauseMs = (ladder[rung] ?? 0) * (1 + chance / 10);
  return Math.round(Math.max(pauseMs, Math.min(askedToWaitMs, longestAskedForMs)));
}

/**
 * How often one try asks for a place. Together that takes about two hours, in which the merchant's own silence kept all its
 * places; then the try counts as refused, so that no history grows without end.
 */
export const mostAsksForAPlace = 20;

const longestWaitForAPlaceMs = 10 * minuteMs;

/** Until a place is asked for again: longer each time, up to twice as long by `chance` (at least 0 and below 1). */
export function pauseForAPlace(asked: number, chance: number): number {
  return Math.round(Math.min(secondMs * 2 ** (asked - 1), longestWaitForAPlaceMs) * (1 + chance));
}
