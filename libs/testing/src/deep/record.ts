import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a deep spec reports in addition to passing or failing. */
export type DeepFact =
  | { readonly fact: 'runs'; readonly count: number }
  | { readonly fact: 'kill'; readonly victim: string }
  | { readonly fact: 'fault'; readonly kind: string; readonly count: number }
  | { readonly fact: 'end'; readonly end: string; readonly count: number }
  | { readonly fact: 'violation'; readonly invariant: string; readonly found: string }
  | { readonly fact: 'wait'; readonly what: string; readonly ms: number; readonly usualMs: number };

/** The deep run sets it to a folder. Without it nothing is recorded. */
export const factsVariable = 'LONGHAUL_DEEP_FACTS';

export function record(fact: DeepFact): void {
  const folder = process.env[factsVariable];
  if (folder === undefined) return;
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(fact)}\n`);
}

export const isRecording = (): boolean => process.env[factsVariable] !== undefined;

const mostTimesTheUsual = 10;

/**
 * Reports how long something took that may be slow on a busy machine. After ten times the usual time it fails, because then
 * something hangs.
 */
export function recordWait(what: string, ms: number, usualMs: number): void {
  record({ fact: 'wait', what, ms: Math.round(ms), usualMs });
  if (ms > usualMs * mostTimesTheUsual) {
    throw new Error(
      `${what} took ${Math.round(ms)} ms, more than ${mostTimesTheUsual} times the usual [${usualMs} ms]`,
    );
  }
}

/** Counts items with the same name, so that a report has one line for each name. */
export function countBy<T>(items: readonly T[], name: (item: T) => string | null | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = name(item);
    if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
