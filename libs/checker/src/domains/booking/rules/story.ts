import { brokenCancels } from '../../../everywhere/cancels.ts';
import { hasEnded } from '../../../everywhere/run-state.ts';
import { rowsOf } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import type { JournalEntry } from '../../../sandbox-evidence.ts';
import { repeated } from '../../../values.ts';
import type { Facts } from '../facts.ts';
import type { Ride } from '../facts/rides.ts';

export const storyRules: readonly Invariant<Facts>[] = [
  {
    id: 'booking 8',
    says: 'Either the cancel or the confirmation wins, and the outcome is what the caller was answered.',
    find: (facts) => facts.rides.flatMap((ride) => brokenCancels(facts, ride)),
  },
  {
    id: 'booking 9',
    says: 'A request id has one seat, one charge and one reference, however often it is sent.',
    find: ({ rides }) =>
      rides.flatMap((ride) => {
        const confirmed = ride.outcome?.status === 'confirmed';
        return (['seat-held', 'charge-captured', 'booking-confirmed'] as const).flatMap((effect) => {
          const count = rowsOf(ride, effect).length;
          return count > 1 || (confirmed && count === 0)
            ? [`${ride.run.workflowId} [${ride.outcome?.status}] had ${effect} ${count} times`]
            : [];
        });
      }),
  },
  {
    id: 'booking 12',
    says: 'A reference is never used for a second booking, and the caller was given the right one.',
    find: ({ journal, rides }) => [
      ...repeated(
        journal.filter((entry) => entry.effect === 'booking-confirmed'),
        ({ reference }) => reference,
      ).map(([reference, rows]) => `${reference} went to ${rows.map(({ bookingId }) => bookingId).join(', ')}`),
      ...rides.flatMap((ride) =>
        rowsOf(ride, 'booking-confirmed')
          .filter(({ reference }) => ride.outcome?.status === 'confirmed' && ride.outcome.reference !== reference)
          .map(({ reference }) => `${ride.bookingId} is ${reference}, its run says ${ride.outcome?.reference}`),
      ),
    ],
  },
  {
    id: 'booking 13',
    says: 'The journal shows hold, charge, confirmation and manifest in this order.',
    find: ({ rides }) => rides.flatMap(outOfOrder),
  },
  {
    id: 'booking 17',
    says: 'A fault at the manifest never undoes a booking. Only a refusal by fleet does, with refund and notice.',
    find: (facts) => facts.rides.flatMap((ride) => undoneAtManifest(facts, ride)),
  },
];

/** 4xx statuses that ask for a retry and are no refusal. */
const worthRetrying = new Set([408, 425, 429]);

const order = ['seat-held', 'charge-captured', 'booking-confirmed', 'passenger-listed'] as const;

/** Each effect needs the effect before it, even if that was undone later. A decline counts as a charge. */
function outOfOrder(ride: Ride): string[] {
  const first = (effect: JournalEntry['effect']) => rowsOf(ride, effect)[0]?.seq;
  const steps: (readonly [JournalEntry['effect'], JournalEntry['effect']])[] = [
    ...order.slice(1).map((effect, index) => [order[index]!, effect] as const),
    ['seat-held', 'charge-declined'],
  ];
  return steps.flatMap(([before, after]) => {
    const then = first(after);
    if (then === undefined) return [];
    const earlier = first(before);
    return earlier !== undefined && earlier < then
      ? []
      : [`${ride.run.workflowId} had ${after} [journal ${then}] with no ${before} before it`];
  });
}

function undoneAtManifest(facts: Facts, { run, outcome, excused }: Ride): string[] {
  if (!hasEnded(run)) return [];
  if (outcome?.status === 'failed' && outcome.step === 'addToManifest') {
    return [`${run.workflowId} was undone for a fault at the manifest`];
  }
  if (outcome?.status !== 'refused') return [];
  const key = `${run.workflowId}/addToManifest`;
  const refusedByFleet = (facts.callsByKey.get(key) ?? []).some(
    ({ status }) => status !== null && status >= 400 && status < 500 && !worthRetrying.has(status),
  );
  return [
    ...(refusedByFleet ? [] : [`${run.workflowId} is refused, and fleet never refused ${key}`]),
    ...(outcome.givenBack?.refund || excused.has('refundFare')
      ? []
      : [`${run.workflowId} is refused without a refund`]),
    ...(outcome.notice && outcome.notice !== 'none' ? [] : [`${run.workflowId} is refused without a word to the user`]),
  ];
}
