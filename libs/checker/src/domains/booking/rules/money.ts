import { rowsOf } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import type { JournalEntry } from '../../../sandbox-evidence.ts';
import { inWords, repeated, same, sum, type Money } from '../../../values.ts';
import type { Facts } from '../facts.ts';
import type { Ride } from '../facts/rides.ts';

export const moneyRules: readonly Invariant<Facts>[] = [
  {
    id: 'booking 3',
    says: 'A confirmed booking has exactly one captured charge, with the amount and currency that its user accepted.',
    find: ({ rides }) =>
      rides.flatMap((ride) => {
        if (ride.outcome?.status !== 'confirmed') return [];
        const captured = rowsOf(ride, 'charge-captured');
        if (captured.length !== 1) return [`${ride.run.workflowId} is confirmed with ${captured.length} charges`];
        const { money } = captured[0]!;
        return [
          ...(same(money, ride.input.fare)
            ? []
            : [`${ride.chargeId} took ${inWords(money)} for a fare of ${inWords(ride.input.fare)}`]),
          ...(ride.outcome.chargeId === ride.chargeId
            ? []
            : [`${ride.run.workflowId} names the charge [${ride.outcome.chargeId}], it is ${ride.chargeId}`]),
        ];
      }),
  },
  {
    id: 'booking 4',
    says: 'A captured charge belongs to a confirmed booking, or is refunded by the policy.',
    find: (facts) => [
      ...facts.rides.flatMap(wrongGivingBack),
      ...facts.journal
        .filter((entry) => entry.effect === 'charge-captured')
        .filter(({ chargeId }) => !facts.rides.some((ride) => ride.chargeId === chargeId))
        .map(({ chargeId }) => `${chargeId} was captured for no booking`),
    ],
  },
  {
    id: 'booking 5',
    says: 'A booking that is not confirmed keeps no seat and no money.',
    find: (facts) => facts.rides.flatMap((ride) => leftovers(facts, ride)),
  },
  {
    id: 'booking 7',
    says: 'A refund is the share of the fare that the policy gives for the recorded time, and is computed once.',
    find: (facts) => [
      ...repeated(refundsIn(facts.journal), ({ refundId }) => refundId).map(
        ([refundId, rows]) => `${refundId} was given ${rows.length} times`,
      ),
      ...facts.rides.flatMap((ride) => wrongRefund(facts, ride)),
    ],
  },
  {
    id: 'booking 15',
    says: 'A declined booking was charged once without success, cost nothing, and has no seat.',
    find: (facts) =>
      facts.rides.flatMap((ride) => {
        if (ride.outcome?.status !== 'declined') return [];
        const attempts = rowsOf(ride, 'charge-declined').length;
        const captured = rowsOf(ride, 'charge-captured').length;
        return [
          ...(attempts === 1 ? [] : [`${ride.run.workflowId} is declined, its charge was tried ${attempts} times`]),
          ...(captured === 0 ? [] : [`${ride.run.workflowId} is declined, and ${ride.chargeId} was captured`]),
          ...(hasSeat(facts, ride) && !ride.excused.has('releaseSeat')
            ? [`${ride.run.workflowId} is declined, and ${ride.holdId} has a seat`]
            : []),
        ];
      }),
  },
];

function wrongGivingBack(ride: Ride): string[] {
  if (ride.stands === undefined || ride.excused.has('refundFare')) return [];
  const captured = total(rowsOf(ride, 'charge-captured'));
  const refunded = total(rowsOf(ride, 'charge-refunded'));
  const confirmed = ride.outcome?.status === 'confirmed';
  const due = ride.stands ? 0 : confirmed ? (ride.cancellation?.outcome?.refund?.amount ?? 0) : captured;
  return refunded === due ? [] : [`${ride.chargeId} gave back ${refunded} of ${captured}, due was ${due}`];
}

function leftovers(facts: Facts, ride: Ride): string[] {
  if (ride.stands !== false) return [];
  const { run, holdId, bookingId, chargeId, excused } = ride;
  const kept = total(rowsOf(ride, 'charge-captured')) - total(rowsOf(ride, 'charge-refunded'));
  const neverConfirmed = ride.outcome?.status !== 'confirmed';
  const lives = rowsOf(ride, 'booking-confirmed').length > 0 && rowsOf(ride, 'booking-cancelled').length === 0;
  return [
    ...(hasSeat(facts, ride) && !excused.has('releaseSeat') ? [`${holdId} of ${run.workflowId} still has a seat`] : []),
    ...(lives && !excused.has('withdrawBooking') ? [`${bookingId} still lives in the booking service`] : []),
    ...(neverConfirmed && kept !== 0 && !excused.has('refundFare')
      ? [`${chargeId} of ${run.workflowId} still keeps ${kept}`]
      : []),
  ];
}

function wrongRefund({ expectations }: Facts, ride: Ride): string[] {
  const { cancellation, input } = ride;
  if (ride.outcome?.status !== 'confirmed' || !cancellation?.outcome) return [];
  const { run, outcome } = cancellation;
  const hoursLeft = (Date.parse(input.departureAt) - Date.parse(run.startedAt)) / 3_600_000;
  const percent = expectations.refundRules.find((rule) => hoursLeft >= rule.atLeastHoursBefore)?.refundPercent;
  if (outcome.reason === 'departed') {
    return percent === undefined ? [] : [`${run.workflowId} was refused as departed ${hoursLeft} hours too early`];
  }
  if (outcome.status !== 'cancelled') return [];
  if (percent === undefined) return [`${run.workflowId} was cancelled after the departure`];
  const due = Number((BigInt(input.fare.amount) * BigInt(percent)) / 100n);
  const money: Money = { amount: due, currency: input.fare.currency };
  const refundId = `cancellation-refund-${ride.bookingId}`;
  const given = rowsOf(ride, 'charge-refunded').filter((row) => row.refundId === refundId);
  return [
    ...(outcome.refundPercent === percent && same(outcome.refund, money)
      ? []
      : [`${run.workflowId} says ${outcome.refundPercent} %, ${inWords(outcome.refund)}: due are ${inWords(money)}`]),
    ...(ride.excused.has('refundFare') || given.every((row) => same(row.money, money))
      ? []
      : [`${refundId} gave back ${given.map((row) => inWords(row.money)).join(', ')}: due are ${inWords(money)}`]),
  ];
}

/** According to the table only: `booking 1` compares the table with the journal. */
const hasSeat = ({ sandbox }: Facts, { holdId }: Ride) => sandbox.claims.some((claim) => claim.holdId === holdId);

const total = (rows: readonly { readonly money: Money }[]) => sum(rows.map(({ money }) => money.amount));

const refundsIn = (journal: readonly JournalEntry[]) => journal.filter((entry) => entry.effect === 'charge-refunded');
