import { z } from 'zod';
import type { CallContext, Http } from './http.ts';
import { refusalsAsValues } from './service-error.ts';
import { Moment, Text } from './values.ts';

const AuditEntry = z.object({
  kind: z.enum([
    'requested',
    'stage-began',
    'approve',
    'reject',
    'delegated',
    'reminded',
    'escalated',
    'withdrawn',
    'ended',
  ]),
  /** Who did it: a person, or `system`. */
  actor: Text,
  stage: Text.nullable(),
  /** Whom or what it concerns: the person for whom somebody decided, the delegate, the outcome. */
  about: z.string().max(4_000).nullable(),
  reason: Text.nullable(),
  at: Moment,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const AuditRecord = z.object({
  recordId: Text,
  /** The run that writes it. */
  madeBy: Text,
  entries: z.array(AuditEntry),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

export interface EntryRequest {
  readonly recordId: string;
  readonly madeBy: string;
  /** The place of the entry in its record, from 1 on. */
  readonly sequence: number;
  readonly entry: AuditEntry;
}

const Recorded = z.object({ sequence: z.int() }).transform(() => ({ status: 'recorded' as const }));
const recordedBefore = { status: 'recorded-before' as const };

/** The record of who did what, when and why. Entries are never changed. */
export function auditService(http: Http) {
  return {
    /** `recorded-before`: this place has another entry, from an earlier run or before a reset. */
    record: ({ recordId, ...body }: EntryRequest, context: CallContext) =>
      refusalsAsValues(
        { 'entry-exists': recordedBefore, 'idempotency-key-reused': recordedBefore },
        http.send('POST /records/:recordId/entries', Recorded, context, { params: { recordId }, body }),
      ),

    find: (recordId: string, context: CallContext) =>
      refusalsAsValues(
        { 'not-found': undefined },
        http.send('GET /records/:recordId', AuditRecord, context, { params: { recordId } }),
      ),
  };
}
export type AuditService = ReturnType<typeof auditService>;
