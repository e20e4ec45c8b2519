import { rowsOf, type Row } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import type { JournalEntry } from '../../../sandbox-evidence.ts';
import { groupBy } from '../../../values.ts';
import type { Facts } from '../facts.ts';

type Receipt = Row<'webhook-received'>;
type Telling = Row<'payment-completed'> | Row<'payment-closed'> | Row<'refund-settled'>;

export const merchantRules: readonly Invariant<Facts>[] = [
  {
    id: 'payment 12',
    says: 'All attempts to deliver an event send the same bytes, signed with a secret of its merchant.',
    find: (facts) => rowsOf(facts, 'webhook-received').flatMap((receipt) => wrongReceipt(facts, receipt)),
  },
  {
    id: 'payment 13',
    says: 'The events of a payment are numbered from 1 without a gap. Each reports something that happened and stays true.',
    find: (facts) => [
      ...wrongNumbers(facts),
      ...inventedEvents(facts),
      ...misdirectedEvents(facts),
      ...untrueReceipts(facts),
    ],
  },
];

function wrongReceipt({ deliveries }: Facts, { eventId, merchant, bodyDigest, valid, seq }: Receipt): string[] {
  const event = eventId === null ? undefined : deliveries.get(eventId)?.event;
  const where = `[journal ${seq}]`;
  if (!event) return [`${merchant} received ${eventId ?? 'something without an id'}, which was never written ${where}`];
  return [
    ...(event.merchant === merchant ? [] : [`${eventId} is ${event.merchant}'s, and went to ${merchant} ${where}`]),
    ...(event.bodyDigest === bodyDigest ? [] : [`${eventId} came with other bytes than it was written with ${where}`]),
    ...(valid ? [] : [`${eventId} came with a signature that is not valid ${where}`]),
  ];
}

function wrongNumbers({ sandbox }: Facts): string[] {
  return [...groupBy(sandbox.merchantEvents, ({ paymentId }) => paymentId)].flatMap(([paymentId, events]) => {
    const numbers = events.map(({ sequence }) => sequence).toSorted((a, b) => a - b);
    return numbers.every((number, index) => number === index + 1)
      ? []
      : [`the events of payment ${paymentId} are numbered ${numbers.join(', ')}`];
  });
}

/** Events without the change that they report, and changes without an event. */
function inventedEvents({ sandbox, journal }: Facts): string[] {
  const nameOf = (event: { eventId: string; paymentId: string; sequence: number }, type: string) =>
    `${event.eventId}: ${type}, number ${event.sequence} of payment ${event.paymentId}`;
  const written = new Set(sandbox.merchantEvents.map((event) => nameOf(event, event.type)));
  const done = new Set(journal.filter(isTelling).map((row) => nameOf(row, typeOf(row))));
  return [
    ...[...written].filter((event) => !done.has(event)).map((event) => `event [${event}] tells what did not happen`),
    ...[...done].filter((event) => !written.has(event)).map((event) => `event [${event}] was never written`),
  ];
}

function misdirectedEvents({ sandbox, payments }: Facts): string[] {
  return sandbox.merchantEvents.flatMap(({ eventId, merchant, paymentId }) => {
    const paid = payments.get(paymentId)?.record?.merchant;
    return paid === merchant ? [] : [`${eventId} is for ${merchant}, the payment was to ${paid ?? 'nobody'}`];
  });
}

function untrueReceipts(facts: Facts): string[] {
  const tellings = new Map(facts.journal.filter(isTelling).map((row) => [row.eventId, row]));
  return rowsOf(facts, 'webhook-received').flatMap(({ eventId, merchant }) => {
    const telling = eventId === null ? undefined : tellings.get(eventId);
    if (!telling) return [];
    const record = facts.payments.get(telling.paymentId)?.record;
    const [told, is] =
      telling.effect === 'refund-settled'
        ? [telling.state, record?.refunds.find(({ refundId }) => refundId === telling.refundId)?.state]
        : [telling.effect === 'payment-completed' ? 'completed' : telling.state, record?.state];
    return told === is ? [] : [`${merchant} was told by ${eventId} [${typeOf(telling)}], its record says [${is}]`];
  });
}

const isTelling = (entry: JournalEntry): entry is Telling =>
  entry.effect === 'payment-completed' || entry.effect === 'payment-closed' || entry.effect === 'refund-settled';

function typeOf(row: Telling): string {
  if (row.effect === 'payment-completed') return 'payment.completed';
  return row.effect === 'payment-closed' ? `payment.${row.state}` : `refund.${row.state}`;
}
