import { createHash } from 'node:crypto';
import type { LedgerLine } from '../effects.ts';

/**
 * The hash of a journal: it covers the journal's lines, in their order, and the hash of the journal before it (null for
 * the first). The database has the same in `chain_journal`.
 */
export function chainHash(previous: string | null, lines: readonly LedgerLine[]): string {
  const text = lines.map(({ journalId, account, amount, currency }) => `${journalId} ${account} ${amount} ${currency}`);
  return createHash('sha256')
    .update([previous ?? '', ...text].join('\n'))
    .digest('hex');
}
