import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import type { Evidence } from './evidence.ts';
import { goodEvidence } from './fixtures/good-evidence.fixture.ts';
import { report } from './report.ts';
import { groupBy } from './values.ts';

/** Any of the items, in any order. */
const some = <T>(items: readonly T[]) => fc.shuffledSubarray([...items]);

const good = goodEvidence();
const mangled: fc.Arbitrary<Evidence> = fc.record(
  {
    sandbox: fc.record({
      at: fc.constant(good.sandbox.at),
      journal: some(good.sandbox.journal),
      calls: some(good.sandbox.calls),
      ledger: some(good.sandbox.ledger),
      claims: some(good.sandbox.claims),
      capacity: some(good.sandbox.capacity),
      manifests: some(good.sandbox.manifests),
      mails: some(good.sandbox.mails),
      payments: some(good.sandbox.payments),
      topUps: some(good.sandbox.topUps),
      gatewayTransactions: some(good.sandbox.gatewayTransactions),
      merchantEvents: some(good.sandbox.merchantEvents),
      endpoints: some(good.sandbox.endpoints),
      ledgerChain: some(good.sandbox.ledgerChain),
    }),
    runs: some(good.runs),
    answers: some(good.answers),
    workers: some(good.workers),
  },
  { requiredKeys: ['sandbox'] },
);

describe('The checker', () => {
  it('comes to a judgement whatever is missing or out of order', () => {
    fc.assert(
      fc.property(mangled, fc.boolean(), (evidence, snapshot) => {
        expect(report(check(evidence, { snapshot }))).not.toBe('');
      }),
    );
  });

  it('comes to a judgement whatever a run was given and gave back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (input, outcome, body) => {
        const evidence = goodEvidence();
        Object.assign(evidence.runs[0]!, { input, outcome });
        evidence.answers.forEach((answer) => Object.assign(answer, { input, body }));
        expect(check(evidence)).not.toEqual([]);
      }),
    );
  });

  it('judges the same whatever the order in which the evidence was collected', () => {
    // What is hashed is a journal with its lines in their order; where journals stand among each other says the chain.
    const journals = [...groupBy(good.sandbox.ledger, ({ journalId }) => String(journalId)).values()];
    const sandboxes = fc.record({
      at: fc.constant(good.sandbox.at),
      journal: shuffled(good.sandbox.journal),
      calls: shuffled(good.sandbox.calls),
      ledger: shuffled(journals).map((inAnyOrder) => inAnyOrder.flat()),
      claims: shuffled(good.sandbox.claims),
      capacity: shuffled(good.sandbox.capacity),
      manifests: shuffled(good.sandbox.manifests),
      mails: shuffled(good.sandbox.mails),
      payments: shuffled(good.sandbox.payments),
      topUps: shuffled(good.sandbox.topUps),
      gatewayTransactions: shuffled(good.sandbox.gatewayTransactions),
      merchantEvents: shuffled(good.sandbox.merchantEvents),
      endpoints: shuffled(good.sandbox.endpoints),
      ledgerChain: fc.constant(good.sandbox.ledgerChain),
    });
    fc.assert(
      fc.property(sandboxes, shuffled(good.runs), (sandbox, runs) => {
        expect(check({ ...good, sandbox, runs })).toEqual([]);
      }),
    );
  });

  it('takes no run for right when no contracts are given to explain its keys', () => {
    const spoken = check(goodEvidence(), { contracts: [] }).map(({ invariant }) => invariant);
    expect(new Set(spoken)).toEqual(new Set(['X3']));
  });
});

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}
