import { createHash } from 'node:crypto';
import type { LedgerLine } from '../effects.ts';

/**
 * The hash of a journal covers its lines, in order, and the hash of the journal before it (null for the first). The
 * database function `chain_journal` computes the same hash.
 */
export function chainHash(previous: string | null, lines: readonly LedgerLine[]): string {
  const text = lines.map(({ journalId, account, amount, currency }) => `${journalId} ${account} ${amount} ${currency}`);
  return createHash('sha256')
    .update([previous ?? '', ...text].join('\n'))
    .digest('hex');
}
