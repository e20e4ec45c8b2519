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
const tables = Object.entries<unknown>({ ...good.sandbox }).filter((entry): entry is [string, unknown[]] =>
  Array.isArray(entry[1]),
);

/** The evidence of the sandbox, with each table as this makes it. */
const sandboxWith = (table: (rows: readonly unknown[]) => fc.Arbitrary<unknown[]>) =>
  fc
    .record(Object.fromEntries(tables.map(([name, rows]) => [name, table(rows)])))
    .map((made) => ({ ...good.sandbox, ...made }));

const mangled: fc.Arbitrary<Evidence> = fc.record(
  { sandbox: sandboxWith(some), runs: some(good.runs), answers: some(good.answers), workers: some(good.workers) },
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
    const sandboxes = fc.record({ sandbox: sandboxWith(shuffled), ledger: shuffled(journals) });
    fc.assert(
      fc.property(sandboxes, shuffled(good.runs), ({ sandbox, ledger }, runs) => {
        const { ledgerChain } = good.sandbox;
        expect(check({ ...good, sandbox: { ...sandbox, ledger: ledger.flat(), ledgerChain }, runs })).toEqual([]);
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
