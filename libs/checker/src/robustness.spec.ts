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

/** The evidence of the sandbox, with each table replaced by a generated one. */
const sandboxWith = (table: (rows: readonly unknown[]) => fc.Arbitrary<unknown[]>) =>
  fc
    .record(Object.fromEntries(tables.map(([name, rows]) => [name, table(rows)])))
    .map((made) => ({ ...good.sandbox, ...made }));

const mangled: fc.Arbitrary<Evidence> = fc.record(
  { sandbox: sandboxWith(some), runs: some(good.runs), answers: some(good.answers), workers: some(good.workers) },
  { requiredKeys: ['sandbox'] },
);

describe('The checker', () => {
  it('does not throw when parts are missing or out of order', () => {
    fc.assert(
      fc.property(mangled, fc.boolean(), (evidence, snapshot) => {
        expect(report(check(evidence, { snapshot }))).not.toBe('');
      }),
    );
  });

  it('does not throw for any input and outcome', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (input, outcome, body) => {
        const evidence = goodEvidence();
        Object.assign(evidence.runs[0]!, { input, outcome });
        evidence.answers.forEach((answer) => Object.assign(answer, { input, body }));
        expect(check(evidence)).not.toEqual([]);
      }),
    );
  });

  it('reports the same in whatever order the evidence was collected', () => {
    // A hash covers the lines of a journal in order, so only whole journals may change places.
    const journals = [...groupBy(good.sandbox.ledger, ({ journalId }) => String(journalId)).values()];
    const sandboxes = fc.record({ sandbox: sandboxWith(shuffled), ledger: shuffled(journals) });
    fc.assert(
      fc.property(sandboxes, shuffled(good.runs), ({ sandbox, ledger }, runs) => {
        const { ledgerChain } = good.sandbox;
        expect(check({ ...good, sandbox: { ...sandbox, ledger: ledger.flat(), ledgerChain }, runs })).toEqual([]);
      }),
    );
  });

  it('reports the keys of all runs when no contracts are given', () => {
    const spoken = check(goodEvidence(), { contracts: [] }).map(({ invariant }) => invariant);
    expect(new Set(spoken)).toEqual(new Set(['X3']));
  });
});

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}
