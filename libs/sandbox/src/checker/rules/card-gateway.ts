import type { CallEntry } from '../../evidence.ts';
import type { Facts } from '../facts.ts';
import type { Payment } from '../payments.ts';
import { rowsOf, type Row } from '../rows.ts';
import type { Invariant } from '../rule.ts';
import { groupBy, repeated } from '../values.ts';

/** What may not be repeated at the gateway before somebody has looked what became of it. */
const lookedFor = {
  'POST /transaction/charge_authorization': 'GET /transaction/verify/:reference',
  'POST /refund': 'GET /refund',
} as const;

export const cardGatewayRules: readonly Invariant[] = [
  {
    id: 'payment 10',
    says: 'A charge or refund with an unknown outcome is looked for before it is tried again, and never under another name.',
    find: (facts) => [
      ...Object.entries(lookedFor).flatMap(([route, look]) => blindRepeats(facts.sandbox.calls, route, look)),
      ...[...facts.payments.values()].flatMap((payment) => otherReferences(facts, payment)),
    ],
  },
  {
    id: 'payment 14',
    says: 'What the card gateway tells is recorded once, and only what happened there is taken for true.',
    find: (facts) => {
      const heard = rowsOf(facts, 'gateway-event-recorded');
      return [
        ...repeated(heard, ({ event, id }) => `${event} ${id}`).map(
          ([event, rows]) => `${event} was recorded ${rows.length} times`,
        ),
        ...heard
          .filter((row) => !isTrue(facts, row))
          .map(({ event, reference }) => `${event} of ${reference} is not true`),
      ];
    },
  },
];

function blindRepeats(calls: readonly CallEntry[], route: string, look: string): string[] {
  const atGateway = calls.filter(({ service }) => service === 'paystack').toSorted((a, b) => a.seq - b.seq);
  const attempts = groupBy(
    atGateway.filter((call) => call.route === route),
    ({ key }) => key,
  );
  return [...attempts].flatMap(([key, ofKey]) =>
    ofKey.slice(1).flatMap((again, index) => {
      const before = ofKey[index]!;
      const looked = atGateway.some(
        (call) =>
          call.route === look &&
          wasAnswered(call) &&
          call.correlationId === again.correlationId &&
          call.seq > before.seq &&
          call.seq < again.seq,
      );
      return looked || wasRefused(before) ? [] : [`${key} was tried again [call ${again.seq}] without a look`];
    }),
  );
}

/** With what there is, or that there is none. */
const wasAnswered = ({ status }: CallEntry) => status === 200 || status === 404;

/** Nothing was done, and whoever asked may ask again. */
const wasRefused = ({ status }: CallEntry) => status !== null && status >= 400 && status < 500;

function otherReferences(facts: Facts, { paymentId, charges }: Payment): string[] {
  const charged = rowsOf(facts, 'card-charged').filter(({ key }) => key === `payment-${paymentId}/chargeCard`);
  const references = new Set([...charged, ...charges].map(({ reference }) => reference));
  return references.size > 1 ? [`payment ${paymentId} was charged as ${[...references].join(' and ')}`] : [];
}

function isTrue({ charges }: Facts, { event, reference, concern }: Row<'gateway-event-recorded'>): boolean {
  const charge = charges.get(reference);
  // Whoever else uses the gateway's account: it is recorded, and nothing is done about it.
  if (concern === 'none') return true;
  if (event === 'charge.success') return Boolean(charge?.taken);
  const state = /^refund\.(.+)$/.exec(event)?.[1];
  if (state === undefined) return true;
  const passed = state === 'pending' || state === 'processing';
  return charge?.transaction.refunds.some(({ status }) => passed || status === state) ?? false;
}
