import { chainHash } from '../chain.ts';
import type { LedgerLine, SandboxEvidence } from '../evidence.ts';
import { groupBy } from './values.ts';

/** The chain that a ledger has when it grew in this order. */
export function chained(ledger: readonly LedgerLine[]): SandboxEvidence['ledgerChain'][number][] {
  const chain: SandboxEvidence['ledgerChain'][number][] = [];
  for (const lines of groupBy(ledger, ({ journalId }) => String(journalId)).values()) {
    chain.push({ journalId: lines[0]!.journalId, hash: chainHash(chain.at(-1)?.hash ?? null, lines) });
  }
  return chain;
}
