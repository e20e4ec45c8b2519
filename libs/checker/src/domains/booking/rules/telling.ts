import { readKey } from '../../../everywhere/keys.ts';
import { rowsOf } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import type { JournalEntry } from '../../../sandbox-evidence.ts';
import { groupBy, repeated } from '../../../values.ts';
import type { Facts } from '../facts.ts';
import type { Ride } from '../facts/rides.ts';
import { sameTrip } from '../facts/trips.ts';

type Notice = Extract<JournalEntry, { effect: 'notice-sent' }>;

export const tellingRules: readonly Invariant<Facts>[] = [
  {
    id: 'booking 10',
    says: 'A confirmation is sent only for a confirmed booking, only to its user, and once per channel.',
    find: (facts) => {
      const notices = facts.journal.filter((entry): entry is Notice => entry.effect === 'notice-sent');
      return [
        ...notices.flatMap((notice) => falseNotice(facts, notice)),
        ...repeated(notices, ({ key, template }) => `${key} (${template})`).map(
          ([key, rows]) => `${key} sent ${rows.length} notices`,
        ),
        ...repeated(facts.sandbox.mails, ({ messageId }) => messageId).map(
          ([messageId, mails]) => `mail ${messageId} came ${mails.length} times`,
        ),
        ...strayMails(facts, notices),
        ...facts.rides.flatMap((ride) => brokenNoticeState(notices, ride)),
      ];
    },
  },
  {
    id: 'booking 11',
    says: 'The manifest lists each passenger with a confirmed booking once, and nobody else.',
    find: (facts) => {
      const listed = groupBy(facts.sandbox.manifests, ({ bookingId }) => bookingId);
      return [
        ...facts.rides.flatMap((ride) => wrongListing(ride, listed.get(ride.bookingId) ?? [])),
        ...[...listed.keys()]
          .filter((bookingId) => !facts.rides.some((ride) => ride.bookingId === bookingId))
          .map((bookingId) => `${bookingId} is on the manifest, and there is no such booking`),
      ];
    },
  },
];

function falseNotice({ rides, journal }: Facts, notice: Notice): string[] {
  const { key, template, user, data, seq } = notice;
  const workflowId = key === null ? undefined : readKey(key)?.workflowId;
  const ride = rides.find(
    ({ run, cancellation }) =>
      run.workflowId === workflowId || (cancellation && cancellation.run.workflowId === workflowId),
  );
  if (!ride) return [];
  const wrong: string[] = [];
  if (user !== ride.input.user) wrong.push(`${key} told ${user} of ${ride.input.user}'s booking`);
  if (template === 'booking-confirmed') {
    const confirmed = rowsOf(ride, 'booking-confirmed')[0];
    if (ride.ended && ride.outcome?.status !== 'confirmed') {
      wrong.push(`${key} told of a confirmation, ${ride.run.workflowId} ended [${ride.outcome?.status}]`);
    } else if (!confirmed || confirmed.seq > seq) {
      wrong.push(`${key} told of a confirmation before there was one`);
    } else if (data['reference'] !== confirmed.reference) {
      wrong.push(`${key} told the reference [${data['reference']}], it is ${confirmed.reference}`);
    }
  }
  const cancelled = journal.some((row) => row.seq < seq && cancels(row, ride.bookingId));
  if (template === 'booking-cancelled' && !cancelled && !ride.excused.has('withdrawBooking')) {
    wrong.push(`${key} told of a cancellation before there was one`);
  }
  return wrong;
}

const cancels = (row: JournalEntry, bookingId: string) =>
  row.effect === 'booking-cancelled' && row.bookingId === bookingId;

/** Mails without a notice, and notices without a mail. */
function strayMails({ sandbox }: Facts, notices: readonly Notice[]): string[] {
  const sent = new Set(notices.map(({ messageId }) => messageId));
  const arrived = new Set(sandbox.mails.map(({ messageId }) => messageId));
  return [
    ...[...arrived].filter((messageId) => !sent.has(messageId)).map((id) => `mail ${id} belongs to no notice`),
    ...[...sent].filter((messageId) => !arrived.has(messageId)).map((id) => `notice ${id} never came as a mail`),
  ];
}

/** Compares what the outcome says about the notice with what was sent. */
function brokenNoticeState(notices: readonly Notice[], { run, outcome, cancellation }: Ride): string[] {
  const told = [
    { workflowId: run.workflowId, notice: outcome?.notice },
    // If the cancellation stopped the run of the booking, it reports the notice of that run.
    ...(cancellation && outcome?.status === 'confirmed'
      ? [{ workflowId: cancellation.run.workflowId, notice: cancellation.outcome?.notice }]
      : []),
  ];
  return told.flatMap(({ workflowId, notice }) => {
    const sent = notices.some(({ key }) => key !== null && readKey(key)?.workflowId === workflowId);
    if (notice === 'sent' && !sent) return [`${workflowId} says that it sent a notice, and there is none`];
    return notice === 'none' && sent ? [`${workflowId} says that it sent no notice, and there is one`] : [];
  });
}

function wrongListing(ride: Ride, rows: Facts['sandbox']['manifests']): string[] {
  const { bookingId, stands, excused, input, outcome } = ride;
  if (stands === undefined) return [];
  if (stands && rows.length === 0) return excused.has('addToManifest') ? [] : [`${bookingId} is not on the manifest`];
  if (!stands && rows.length > 0)
    return excused.has('takeOffManifest') ? [] : [`${bookingId} is still on the manifest`];
  return [
    ...(rows.length > 1 ? [`${bookingId} is ${rows.length} times on the manifest`] : []),
    ...rows
      .filter(({ trip, seat }) => !sameTrip(trip, input) || seat !== outcome?.seat)
      .map(({ trip, seat }) => `${bookingId} is listed on seat ${seat} of ${trip.bus}, booked was ${outcome?.seat}`),
  ];
}
