import type { Invariant } from '../../../rule.ts';
import type { SandboxEvidence } from '../../../sandbox-evidence.ts';
import { groupBy, repeated } from '../../../values.ts';
import type { LedgerLine } from '../effects.ts';
import type { Facts } from '../facts.ts';
import { balances } from '../facts/accounts.ts';
import { chainHash } from '../facts/chain.ts';

export const ledgerRules: readonly Invariant<Facts>[] = [
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
    says: 'The sum of all accounts is zero in each currency.',
    snapshot: true,
    find: ({ sandbox }) =>
      balances(sandbox.ledger, ({ currency }) => currency)
        .filter(({ balance }) => balance !== 0)
        .map(({ of, balance }) => `all accounts in ${of} are off by ${balance}`),
  },
  {
    id: 'payment 3',
    says: 'An account that may not be negative never is.',
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
    id: 'payment 19',
    says: 'The ledger only grows: the chain of its hashes covers each journal as it was posted.',
    find: ({ sandbox: { ledger, ledgerChain } }) => {
      const journals = groupBy(ledger, ({ journalId }) => String(journalId));
      const chained = new Set(ledgerChain.map(({ journalId }) => String(journalId)));
      return [
        ...brokenLinks(journals, ledgerChain),
        ...repeated(ledgerChain, ({ journalId }) => String(journalId)).map(
          ([journalId, links]) => `journal ${journalId} is ${links.length} times in the chain`,
        ),
        ...[...journals.keys()]
          .filter((journalId) => !chained.has(journalId))
          .map((journalId) => `journal ${journalId} is not in the chain`),
      ];
    },
  },
];

/** Checks each link with the recorded hash before it, so that one changed journal is reported once. */
function brokenLinks(
  journals: ReadonlyMap<string, readonly LedgerLine[]>,
  chain: SandboxEvidence['ledgerChain'],
): string[] {
  return chain.flatMap(({ journalId, hash }, index) => {
    const lines = journals.get(String(journalId));
    if (!lines) return [`journal ${journalId} is in the chain, and has no lines`];
    const previous = chain[index - 1]?.hash ?? null;
    return chainHash(previous, lines) === hash
      ? []
      : [`journal ${journalId} is not as it was posted, or out of its place`];
  });
}
