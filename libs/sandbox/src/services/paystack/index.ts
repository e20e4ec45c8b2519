import type { StrangerRoutes } from '../../http/exchange.ts';
import { chargeExchanges } from './charges.ts';
import { disputeExchanges } from './disputes.ts';
import { refundExchanges } from './refunds.ts';

/** Paystack's API as it is. It knows nothing of the house, and honours no Idempotency-Key. */
export function paystackRoutes({
  secret,
  publicUrl,
  afterCommit,
}: {
  secret: string;
  publicUrl: () => string;
  afterCommit: () => void;
}): StrangerRoutes {
  return {
    service: 'paystack',
    keyHeader: 'idempotency-key',
    exchanges: [...chargeExchanges(secret, publicUrl), ...refundExchanges(secret), ...disputeExchanges(secret)],
    afterCommit,
  };
}
