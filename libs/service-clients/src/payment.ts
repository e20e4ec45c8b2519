import { z } from 'zod';
import type { CallContext, Http } from './http.ts';
import { refusalsAsValues } from './service-error.ts';
import { Money, Text } from './values.ts';

const Captured = z.object({ chargeId: Text }).transform(({ chargeId }) => ({ status: 'captured' as const, chargeId }));

/** What was given back: null when nothing had been captured. */
const Refunded = z.object({ refunded: Money.nullable() });

const declined = <Reason extends string>(reason: Reason) => ({ status: 'declined' as const, reason });

/** Charges and refunds. */
export function paymentService(http: Http) {
  return {
    charge: (request: { chargeId: string; user: string; fare: Money }, context: CallContext) =>
      refusalsAsValues(
        {
          'card-declined': declined('card-declined'),
          'insufficient-funds': declined('insufficient-funds'),
        },
        http.send('POST /charges', Captured, context, { body: request }),
      ),

    /**
     * Gives back `amount`, or all that was captured when it is left out. Also for a charge that never was: it leaves a
     * mark, and a charge of that id that comes later is refused.
     */
    refund: (request: { chargeId: string; refundId: string; amount?: Money }, context: CallContext) => {
      const { chargeId, ...body } = request;
      return http.send('POST /charges/:chargeId/refunds', Refunded, context, { params: { chargeId }, body });
    },
  };
}
export type PaymentService = ReturnType<typeof paymentService>;
