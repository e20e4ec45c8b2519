import { z } from 'zod';
import type { Queries } from '../../database/queries.ts';
import { done, operation, type ServiceRoutes } from '../../http/operation.ts';
import { readPayment } from './payment-records.ts';
import { originOf, readTopUp } from './top-up-records.ts';

const Text = z.string().min(1).max(200);

/** The events of the card gateway that the payment service has recorded. */
export function gatewayEventsRoutes(): ServiceRoutes {
  return {
    operations: [
      operation({
        route: 'POST /gateway-events',
        body: z.strictObject({ event: Text, id: Text, reference: Text }),
        // The event is recorded once; the payment or top-up and its state are looked up each time.
        answersAfresh: true,
        async work({ body: { event, id, reference }, tx, now }) {
          const first = await remember(tx, { event, id, reference, now });
          const concern = await concernOf(tx, reference);
          const openRefunds = concern.kind === 'payment' ? await refundsUnderWay(tx, concern.paymentId) : [];
          const recorded = { effect: 'gateway-event-recorded', event, id, reference, concern: concern.kind } as const;
          return done(201, { first, concern, openRefunds }, first ? [recorded] : []);
        },
      }),
    ],
  };
}

async function remember(
  tx: Queries,
  { event, id, reference, now }: { event: string; id: string; reference: string; now: string },
): Promise<boolean> {
  const remembered = await tx.query(
    `insert into gateway_events (event, id, reference, at) values ($1, $2, $3, $4)
     on conflict (event, id) do nothing returning id`,
    [event, id, reference, now],
  );
  return remembered.length > 0;
}

type Concern =
  | { readonly kind: 'payment'; readonly paymentId: string; readonly state: string }
  | { readonly kind: 'top-up'; readonly topUpId: string; readonly state: string; readonly credited: string | null }
  | { readonly kind: 'none' };

async function concernOf(tx: Queries, reference: string): Promise<Concern> {
  const { paymentId, topUpId } = idsIn(reference);
  const payment = paymentId === undefined ? undefined : await readPayment(tx, paymentId);
  if (payment) return { kind: 'payment', paymentId: payment.paymentId, state: payment.state };
  const topUp = topUpId === undefined ? undefined : await readTopUp(tx, topUpId);
  if (topUp) {
    const origin = await originOf(tx, topUp.topUpId);
    return { kind: 'top-up', topUpId: topUp.topUpId, state: topUp.state, credited: origin?.reference ?? null };
  }
  return { kind: 'none' };
}

/** A reference is the id of a run, with the characters that the gateway allows and a number from the second checkout on. */
function idsIn(reference: string): { readonly paymentId?: string; readonly topUpId?: string } {
  const runId = reference.replace(/\.\.\d+$/, '').replaceAll('=', '_');
  const [, kind, id = ''] = /^(payment|top-up)-(.+)$/.exec(runId) ?? [];
  if (kind === undefined) return {};
  return kind === 'payment' ? { paymentId: id } : { topUpId: id };
}

/** The ids of the runs of unsettled refunds. */
async function refundsUnderWay(tx: Queries, paymentId: string): Promise<string[]> {
  const refunds = await tx.query<{ id: string }>(
    `select refund_id as id from payment_refunds where payment_id = $1 and state = 'reserved' order by refund_id`,
    [paymentId],
  );
  return refunds.map(({ id }) => `refund-${paymentId}-${id}`);
}
