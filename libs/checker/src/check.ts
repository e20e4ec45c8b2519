import { domains } from './domains/index.ts';
import { factsOf } from './everywhere/facts.ts';
import type { Evidence } from './evidence.ts';
import type { Expectations } from './expectations.ts';
import { invariants } from './invariants.ts';
import type { Violation } from './rule.ts';

/** Checks evidence against all invariants. An empty list means that every invariant that can be checked holds. */
export function check(evidence: Evidence, expectations: Expectations = {}): Violation[] {
  const facts = factsOf(evidence, expectations, domains);
  return invariants
    .filter(({ snapshot }) => snapshot || !expectations.snapshot)
    .flatMap(({ id, says, find }) => find(facts).map((message) => ({ invariant: id, says, message })));
}
