import type { ApprovalOutcome, Decision } from '@longhaul/contracts';
import type { AuditEntry, AuditRecord } from '../activities.ts';

type Ended = Exclude<ApprovalOutcome, { status: 'settled-by-hand' }>;

/** The last entry of a record says how it ended, and is enough to say it again. */
export function endingEntry(outcome: Ended, at: string): AuditEntry {
  const entry = { kind: 'ended', actor: 'system', stage: null, about: outcome.status, reason: null, at } as const;
  if (outcome.status === 'rejected') {
    return { ...entry, actor: outcome.by, stage: outcome.stage, reason: outcome.reason };
  }
  if (outcome.status === 'withdrawn') return { ...entry, reason: outcome.reason };
  if (outcome.status === 'failed') return { ...entry, stage: outcome.step, reason: outcome.code };
  return entry;
}

/** The outcome that is on record. Undefined: nothing was decided. */
export function decidedBefore(found: AuditRecord | undefined): Ended | undefined {
  const last = found?.entries.findLast(({ kind }) => kind === 'ended');
  if (!found || !last) return undefined;
  const decisions = found.entries.flatMap(decisionIn);
  const { about, actor, stage, reason } = last;
  const [where, why] = [stage ?? 'unknown', reason ?? 'unknown'];
  if (about === 'approved') return { status: 'approved', decisions };
  if (about === 'rejected') return { status: 'rejected', stage: where, by: actor, reason: why, decisions };
  if (about === 'withdrawn') return { status: 'withdrawn', reason: why, decisions };
  return { status: 'failed', step: where, code: why, decisions };
}

function decisionIn({ kind, actor, stage, about, reason, at }: AuditEntry): Decision[] {
  if (kind !== 'approve' && kind !== 'reject') return [];
  return [{ stage: stage ?? 'unknown', by: actor, insteadOf: about, vote: kind, reason, at }];
}
