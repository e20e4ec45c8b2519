import { z } from 'zod';
import type { SandboxCore } from '../../core.ts';
import type { Exchange } from '../../http/exchange.ts';
import { resolveDispute, showDispute, showResolved } from './dispute-records.ts';
import { answered, paystackCall, refusedByPaystack } from './envelope.ts';

const DisputeId = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .catch(0);

/** Disputes. A person answers one like at Paystack, and the bank agrees at once. */
export function disputeExchanges({ settings }: SandboxCore): readonly Exchange[] {
  const { paystackSecret: secret } = settings;
  return [
    paystackCall(secret, {
      route: 'GET /dispute/:id',
      asks: z.object({ id: DisputeId }),
      async work({ asked: { id }, tx }) {
        const dispute = await showDispute(tx, id);
        return dispute ? answered('Dispute retrieved', dispute) : unknown;
      },
    }),

    paystackCall(secret, {
      route: 'PUT /dispute/:id/resolve',
      asks: z.object({
        id: DisputeId,
        resolution: z.enum(['merchant-accepted', 'declined']),
        message: z.string(),
        refund_amount: z.int().nonnegative(),
        uploaded_filename: z.string(),
      }),
      async work({ asked: { id, resolution, message, uploaded_filename: attachments }, tx, now }) {
        const reference = await resolveDispute(tx, { id, resolution }, now);
        if (reference === undefined) return unknown;
        const effect = { effect: 'charge-dispute-resolved', disputeId: String(id), reference } as const;
        const resolved = await showResolved(tx, id, { message, attachments });
        return answered('Dispute successfully resolved', resolved, { housekeeping: [effect] });
      },
    }),
  ];
}

const unknown = refusedByPaystack(404, 'dispute_not_found', 'Dispute not found');
