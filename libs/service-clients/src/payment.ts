import { z } from 'zod';
import type { CallContext, Http } from './http.ts';
import { refusalsAsValues } from './service-error.ts';
import { Money, Text } from './values.ts';

const Captured = z.object({ chargeId: Text }).transform(({ chargeId }) => ({ status: 'captured' as const, chargeId }));

/** The refunded amount; null if nothing had been captured. */
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
     * Refunds `amount` or, if it is left out, everything that was captured. Can be called before the charge arrives: the service
     * then refuses a later charge with this id.
     */
    refund: (request: { chargeId: string; refundId: string; amount?: Money }, context: CallContext) => {
      const { chargeId, ...body } = request;
      return http.send('POST /charges/:chargeId/refunds', Refunded, context, { params: { chargeId }, body });
    },
  };
}
export type PaymentService = ReturnType<typeof paymentService>;
