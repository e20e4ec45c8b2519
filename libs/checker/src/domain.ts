import type { Facts } from './everywhere/facts.ts';
import type { View } from './everywhere/view.ts';
import type { Invariant, NotJudged } from './rule.ts';
import type { JournalEntry } from './sandbox-evidence.ts';

interface DomainBasics {
  /** The prefix of its invariants' ids: `booking` for `booking 4`. */
  readonly name: string;
  readonly notJudged: readonly NotJudged[];
  /** Whether the service did this on its own, without a call. Default: never. */
  readonly byItself?: (entry: JournalEntry, journal: readonly JournalEntry[]) => boolean;
  /** Effects that may occur several times with the same key. Default: none. */
  readonly repeatable?: readonly JournalEntry['effect'][];
}

/** A domain as the rest of the checker uses it. */
export interface Domain extends DomainBasics {
  readonly rules: readonly Invariant[];
  readonly view: (facts: Facts) => View;
}

interface DomainOf<Own extends Facts> extends DomainBasics {
  /** Joins the evidence of this domain once, so that each rule is a look-up. */
  readonly factsOf: (facts: Facts) => Own;
  readonly rules: readonly Invariant<Own>[];
  readonly view: (facts: Own) => View;
}

/** Hides the domain's facts from the rest of the checker. They are computed once per evidence, for all its rules. */
export function defineDomain<Own extends Facts>({ factsOf, rules, view, ...basics }: DomainOf<Own>): Domain {
  const known = new WeakMap<Facts, Own>();
  const own = (facts: Facts): Own => {
    const joined = known.get(facts) ?? factsOf(facts);
    known.set(facts, joined);
    return joined;
  };
  return {
    ...basics,
    rules: rules.map((rule) => ({ ...rule, find: (facts) => rule.find(own(facts)) })),
    view: (facts) => view(own(facts)),
  };
}
