import type { Facts } from './everywhere/facts.ts';
import type { View } from './everywhere/view.ts';
import type { Invariant, NotJudged } from './rule.ts';
import type { JournalEntry } from './sandbox-evidence.ts';

interface Words {
  /** As the numbers of its invariants have it: `booking` for `booking 4`. */
  readonly name: string;
  readonly notJudged: readonly NotJudged[];
  /** A service did this by itself, so that no call stands behind it. Default: none does. */
  readonly byItself?: (entry: JournalEntry, journal: readonly JournalEntry[]) => boolean;
  /** Effects that come as often as it takes under one key. Default: none. */
  readonly repeatable?: readonly JournalEntry['effect'][];
}

/** A domain as the rest of the checker takes it. */
export interface Domain extends Words {
  readonly rules: readonly Invariant[];
  readonly view: (facts: Facts) => View;
}

interface DomainOf<Own extends Facts> extends Words {
  /** Joins what concerns the domain, so that each rule is a look-up. */
  readonly factsOf: (facts: Facts) => Own;
  readonly rules: readonly Invariant<Own>[];
  readonly view: (facts: Own) => View;
}

/** Hides the domain's own facts behind its rules and its view. They are joined once for each evidence. */
export function defineDomain<Own extends Facts>({ factsOf, rules, view, ...words }: DomainOf<Own>): Domain {
  const known = new WeakMap<Facts, Own>();
  const own = (facts: Facts): Own => {
    const joined = known.get(facts) ?? factsOf(facts);
    known.set(facts, joined);
    return joined;
  };
  return {
    ...words,
    rules: rules.map((rule) => ({ ...rule, find: (facts) => rule.find(own(facts)) })),
    view: (facts) => view(own(facts)),
  };
}
