import type { SandboxEvidence } from '../../../sandbox-evidence.ts';
import { groupBy } from '../../../values.ts';
import type { LedgerLine } from '../effects.ts';
import { chainHash } from '../facts/chain.ts';

/** The hash chain of a ledger whose journals were posted in this order. */
export function chained(ledger: readonly LedgerLine[]): SandboxEvidence['ledgerChain'][number][] {
  const chain: SandboxEvidence['ledgerChain'][number][] = [];
  for (const lines of groupBy(ledger, ({ journalId }) => String(journalId)).values()) {
    chain.push({ journalId: lines[0]!.journalId, hash: chainHash(chain.at(-1)?.hash ?? null, lines) });
  }
  return chain;
}
