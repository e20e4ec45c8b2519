/** The median of several measurements, with minimum and maximum. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Nearest rank: the smallest of the values that is at least as large as `percent` of them. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new Error('There is no percentile of no values');
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1]!;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) throw new Error('There is no median of no values');
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function spreadOf(values: readonly number[]): Spread {
  return { min: Math.min(...values), median: median(values), max: Math.max(...values) };
}

/**
 * Divides the measurements of the same round, so that other load on the machine cancels out.
 */
export function pairedRatios(over: readonly number[], under: readonly number[]): Spread {
  if (over.length !== under.length) {
    throw new Error(`Only rounds of the same run can be compared [${over.length} against ${under.length}]`);
  }
  return spreadOf(over.map((value, round) => value / under[round]!));
}
