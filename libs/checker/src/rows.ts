import type { JournalEntry } from './sandbox-evidence.ts';
import { groupBy } from './values.ts';

type EffectName = JournalEntry['effect'];
export type Row<Name extends EffectName> = Extract<JournalEntry, { effect: Name }>;

type Journal = readonly JournalEntry[];
const sorted = new WeakMap<Journal, ReadonlyMap<string, Journal>>();

/** The rows with one effect. Each journal is grouped once, because there is a query for each of thousands of payments. */
export function rowsOf<Name extends EffectName>(
  { journal }: { readonly journal: Journal },
  effect: Name,
): readonly Row<Name>[] {
  let byEffect = sorted.get(journal);
  if (!byEffect) {
    byEffect = groupBy(journal, (entry) => entry.effect);
    sorted.set(journal, byEffect);
  }
  return (byEffect.get(effect) ?? []) as readonly Row<Name>[];
}
