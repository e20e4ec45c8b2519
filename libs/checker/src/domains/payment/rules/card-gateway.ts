import { readKey } from '../../../everywhere/keys.ts';
import type { RunEvidence } from '../../../evidence.ts';
import { rowsOf, type Row } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import type { CallEntry } from '../../../sandbox-evidence.ts';
import { repeated } from '../../../values.ts';
import type { Facts } from '../facts.ts';
import type { Payment } from '../facts/payments.ts';

/** Routes that must not be retried before the run has looked up the result, with the step that looks it up. */
const lookedFor = {
  'POST /transaction/charge_authorization': 'findCharge',
  'POST /refund': 'findRefund',
} as const;

export const cardGatewayRules: readonly Invariant<Facts>[] = [
  {
    id: 'payment 10',
    says: 'A charge or refund with an unknown result is looked up before it is retried, and keeps its reference.',
    find: (facts) => [
      ...Object.entries(lookedFor).flatMap(([route, look]) => blindRepeats(facts, route, look)),
      ...[...facts.payments.values()].flatMap((payment) => otherReferences(facts, payment)),
    ],
  },
  {
    id: 'payment 14',
    says: 'A webhook of the card gateway is recorded once, and reports something that happened there.',
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
 * Look-ups are counted in the history of the run. The order at the gateway can differ, because a call that timed out may
 * arrive later.
 */
function blindRepeats({ sandbox, runs }: Facts, route: string, look: string): string[] {
  const unclear = sandbox.calls.filter(
    (call) => call.service === 'paystack' && call.route === route && !wasRefused(call),
  );
  return repeated(unclear, ({ key }) => key).flatMap(([key, calls]) => {
    const looks = looksBetween(runs.get(readKey(key)?.workflowId ?? '') ?? [], readKey(key)?.step, look);
    return calls.length <= 1 + looks
      ? []
      : [`${key} was tried again without a look-up [tries: ${calls.length}, look-ups between: ${looks}]`];
  });
}

/** How many retries of the step came after an answered look-up. */
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

/** A refused call had no effect, so it may be retried. */
const wasRefused = ({ status }: CallEntry) => status !== null && status >= 400 && status < 500;

function otherReferences(facts: Facts, { paymentId, charges }: Payment): string[] {
  const charged = rowsOf(facts, 'card-charged').filter(({ key }) => key === `payment-${paymentId}/chargeCard`);
  const references = new Set([...charged, ...charges].map(({ reference }) => reference));
  return references.size > 1 ? [`payment ${paymentId} was charged as ${[...references].join(' and ')}`] : [];
}

function isTrue({ charges }: Facts, { event, reference, concern }: Row<'gateway-event-recorded'>): boolean {
  const charge = charges.get(reference);
  // Other systems use the same gateway account: their events are recorded and ignored.
  if (concern === 'none') return true;
  if (event === 'charge.success') return Boolean(charge?.taken);
  const state = /^refund\.(.+)$/.exec(event)?.[1];
  if (state === undefined) return true;
  const passed = state === 'pending' || state === 'processing';
  return charge?.transaction.refunds.some(({ status }) => passed || status === state) ?? false;
}
