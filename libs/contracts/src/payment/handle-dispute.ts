import { z } from 'zod';
import { defineWorkflow, idWithPrefix, Queue } from '../contract.ts';
import { resolveMessage, ResolveRequest } from '../messages.ts';
import { Reference } from './reference.ts';

export const HandleDisputeInput = z.object({
  /** Its number at the card gateway. */
  disputeId: z.string().regex(/^\d{1,20}$/, { error: 'must be 1 to 20 digits' }),
  /** The reference of the disputed charge. */
  reference: Reference,
});
export type HandleDisputeInput = z.infer<typeof HandleDisputeInput>;

export const HandleDisputeOutcome = z.discriminatedUnion('status', [
  /** The bank rejected the payer's claim. The charge can be refunded again. */
  z.object({ status: z.literal('won') }),
  /** The bank refunds the payer, so we must not. */
  z.object({ status: z.literal('lost') }),
  /** An operator settled it. The charge stays disputed at the payment service. */
  z.object({ status: z.literal('settled-by-hand'), by: z.string(), note: z.string() }),
]);
export type HandleDisputeOutcome = z.infer<typeof HandleDisputeOutcome>;

/** A payer disputed a charge at their bank. A person has to answer before the due date; until then nothing is refunded. */
export const HandleDispute = defineWorkflow({
  type: 'handleDispute',
  queue: Queue.payment,
  id: idWithPrefix<HandleDisputeInput>('dispute-', ({ disputeId }) => disputeId),
  input: HandleDisputeInput,
  outcome: HandleDisputeOutcome,
  updates: { resolve: resolveMessage },
  signals: { resolve: ResolveRequest, disputeMoved: z.object({}) },
  steps: { openDispute: {}, readDispute: {}, closeDispute: {} },
  once: 'A dispute has one run, for as long as the namespace keeps closed runs; the payment service keeps how it ended for good.',
  http: {
    runs: '/api/v1/disputes',
    anyOwnerScope: 'payments:any',
    ownerMessages: [],
    whenFinished: 'The dispute is over; the result says how.',
    summary: 'See to a charge that its payer disputes, until the bank has decided',
  },
});
