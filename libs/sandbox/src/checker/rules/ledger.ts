import type { LedgerLine } from '../../evidence.ts';
import type { Facts } from '../facts.ts';
import type { Invariant } from '../rule.ts';
import { groupBy, repeated, sum } from '../values.ts';

export const ledgerRules: readonly Invariant[] = [
  {
    id: 'payment 1',
    says: 'Each journal of the ledger balances in each currency.',
    snapshot: true,
    find: ({ sandbox }) =>
      balances(sandbox.ledger, ({ journalId, currency }) => `journal ${journalId} in ${currency}`)
        .filter(({ balance }) => balance !== 0)
        .map(({ of, balance }) => `${of} is off by ${balance}`),
  },
  {
    id: 'payment 2',
    says: 'All accounts together are zero in each currency.',
    snapshot: true,
    find: ({ sandbox }) =>
      balances(sandbox.ledger, ({ currency }) => currency)
        .filter(({ balance }) => balance !== 0)
        .map(({ of, balance }) => `all accounts in ${of} are off by ${balance}`),
  },
  {
    id: 'payment 3',
    says: 'No account is below zero where that is forbidden.',
    snapshot: true,
    find: ({ sandbox, expectations }) =>
      balances(
        sandbox.ledger.filter(({ account }) => expectations.neverNegative.test(account)),
        ({ account, currency }) => `${account} in ${currency}`,
      )
        .filter(({ balance }) => balance < 0)
        .map(({ of, balance }) => `${of} is ${balance}`),
  },
  {
    id: 'payment 4',
    says: 'A charge is captured at most once.',
    find: (facts) =>
      repeated(rows(facts, 'charge-captured'), ({ chargeId }) => chargeId).map(
        ([chargeId, captures]) => `${chargeId} was captured ${captures.length} times`,
      ),
  },
  {
    id: 'payment 6',
    says: 'No charge gives back more than it took.',
    snapshot: true,
    find: (facts) => {
      const captured = groupBy(rows(facts, 'charge-captured'), ({ chargeId }) => chargeId);
      return [...groupBy(rows(facts, 'charge-refunded'), ({ chargeId }) => chargeId)].flatMap(([chargeId, refunds]) => {
        const took = sum((captured.get(chargeId) ?? []).map(({ money }) => money.amount));
        const gave = sum(refunds.map(({ money }) => money.amount));
        return gave > took ? [`${chargeId} took ${took} and gave back ${gave}`] : [];
      });
    },
  },
];

function balances(lines: readonly LedgerLine[], of: (line: LedgerLine) => string): { of: string; balance: number }[] {
  return [...groupBy(lines, of)].map(([name, group]) => ({
    of: name,
    balance: sum(group.map(({ amount }) => amount)),
  }));
}

function rows<Name extends 'charge-captured' | 'charge-refunded'>({ journal }: Facts, effect: Name) {
  return journal.filter((entry): entry is Extract<typeof entry, { effect: Name }> => entry.effect === effect);
}
