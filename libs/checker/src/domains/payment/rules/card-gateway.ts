import { readKey } from '../../../everywhere/keys.ts';
import type { RunEvidence } from '../../../evidence.ts';
import { rowsOf, type Row } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import type { CallEntry } from '../../../sandbox-evidence.ts';
import { repeated } from '../../../values.ts';
import type { Facts } from '../facts.ts';
import type { Payment } from '../facts/payments.ts';

/** What may not be repeated at the gateway before its run has looked what became of it, and by which step it looks. */
const lookedFor = {
  'POST /transaction/charge_authorization': 'findCharge',
  'POST /refund': 'findRefund',
} as const;

export const cardGatewayRules: readonly Invariant<Facts>[] = [
  {
    id: 'payment 10',
    says: 'A charge or refund with an unknown outcome is looked for before it is tried again, and never under another name.',
    find: (facts) => [
      ...Object.entries(lookedFor).flatMap(([route, look]) => blindRepeats(facts, route, look)),
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

/**
 * A run's looks stand in its history. At the gateway they may come before what they look for: a call that was given up can
 * still be on its way.
 */
function blindRepeats({ sandbox, runs }: Facts, route: string, look: string): string[] {
  const unclear = sandbox.calls.filter(
    (call) => call.service === 'paystack' && call.route === route && !wasRefused(call),
  );
  return repeated(unclear, ({ key }) => key).flatMap(([key, calls]) => {
    const looks = looksBetween(runs.get(readKey(key)?.workflowId ?? '') ?? [], readKey(key)?.step, look);
    return calls.length <= 1 + looks
      ? []
      : [`${key} was tried again without a look [tries: ${calls.length}, looks between: ${looks}]`];
  });
}

/** How many times the step was taken again after a look that was answered. */
function looksBetween(runs: readonly RunEvidence[], step: string | undefined, look: string): number {
  let looks = 0;
  let looked = false;
  let attempted = false;
  for (const trace of runs.flatMap(({ steps }) => steps)) {
    if (trace.step === look && trace.state === 'completed') looked = true;
    if (trace.step !== step) continue;
    if (attempted && looked) looks += 1;
    attempted = true;
    looked = false;
  }
  return looks;
}

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
