import type { Draftable } from './cases/case.fixture.ts';
import { check } from './check.ts';
import { contracts } from './contracts.fixture.ts';
import type { Expectations } from './expectations.ts';
import { goodEvidence } from './good-evidence.fixture.ts';
import type { Violation } from './rule.ts';

/** What the checker says when the good evidence is changed in one place. */
export function saidWhen(change: (evidence: Draftable) => void, expectations: Expectations = {}): Violation[] {
  const evidence = goodEvidence();
  change(evidence);
  return check(evidence, { contracts, ...expectations });
}
