import { readKey } from '../../../everywhere/keys.ts';
import type { Invariant } from '../../../rule.ts';
import { repeated } from '../../../values.ts';
import type { Facts } from '../facts.ts';
import { seatSpans, type SeatSpan } from '../facts/seat-audit.ts';
import { tripKey } from '../facts/trips.ts';

export const seatRules: readonly Invariant<Facts>[] = [
  {
    id: 'booking 1',
    says: 'A seat of a trip has at most one claim at a time, in the table and in the journal.',
    snapshot: true,
    find: (facts) => [
      ...repeated(facts.sandbox.claims, ({ trip, seat }) => `seat ${seat} of ${tripKey(trip)}`).map(
        ([seat, claims]) => `${seat} has the claims ${claims.map(({ holdId }) => holdId).join(', ')}`,
      ),
      ...doubleClaims(seatSpans(facts.journal)),
      ...(facts.expectations.snapshot ? [] : claimsWithoutJournal(facts)),
    ],
  },
  {
    id: 'booking 2',
    says: 'A trip never has more held and confirmed seats than its capacity.',
    snapshot: true,
    find: ({ journal, sandbox }) => {
      const seats = new Map(sandbox.capacity.map((capacity) => [tripKey(capacity.trip), capacity.seats]));
      return [...peaks(seatSpans(journal))].flatMap(([trip, peak]) => {
        const capacity = seats.get(trip);
        if (capacity === undefined) return [`${trip} has claims, and its capacity is unknown`];
        return peak > capacity ? [`${trip} had ${peak} claims on ${capacity} seats`] : [];
      });
    },
  },
  {
    id: 'booking 6',
    says: 'A hold ends at its expiry or with the next sweep.',
    find: ({ journal, sandbox, expectations }) =>
      seatSpans(journal).flatMap(({ holdId, expiresAt, confirmed, to }) => {
        const endedAt = (confirmed ?? to)?.at ?? sandbox.at;
        const lateMs = Date.parse(endedAt) - Date.parse(expiresAt) - expectations.sweepSeconds * 1000;
        return lateMs > 0 ? [`${holdId} lived until ${endedAt} although it was to end at ${expiresAt}`] : [];
      }),
  },
  {
    id: 'booking 16',
    says: 'Only the run that made a hold, or the run that cancels its booking, releases it, and only its own seat becomes free.',
    find: (facts) => {
      const spans = new Map(seatSpans(facts.journal).map((span) => [span.holdId, span]));
      return facts.journal.flatMap((entry) => {
        if (entry.effect !== 'seat-released') return [];
        const { holdId, seat, trip, seq } = entry;
        const span = spans.get(holdId);
        const freed = entry.existed && seat !== null && trip !== null ? `${seat} of ${tripKey(trip)}` : null;
        const own = span ? `${span.seat} of ${tripKey(span.trip)}` : null;
        return [
          ...(mayRelease(entry.key, holdId) ? [] : [`${holdId} was released by [${entry.key}] [journal ${seq}]`]),
          ...(freed !== null && freed !== own ? [`${holdId} freed seat ${freed}, its own is ${own}`] : []),
        ];
      });
    },
  },
];

/** Allowed are the run that made the hold and the run that cancels its booking. */
function mayRelease(releasedBy: string | null, holdId: string): boolean {
  const key = holdId.replace(/^hold-/, '');
  const { workflowId } = (releasedBy === null ? undefined : readKey(releasedBy)) ?? {};
  return workflowId === `booking-${key}` || workflowId === `cancellation-bk-${key}`;
}

function doubleClaims(spans: readonly SeatSpan[]): string[] {
  return repeated(spans, ({ trip, seat }) => `seat ${seat} of ${tripKey(trip)}`).flatMap(([seat, claims]) =>
    claims.slice(1).flatMap((claim, index) => {
      const others = claims.slice(0, index + 1).filter(({ to }) => to === null || to.seq > claim.from.seq);
      return others.map(({ holdId }) => `${seat} went to ${claim.holdId} while ${holdId} had it`);
    }),
  );
}

/** The highest number of claims at one time, for each trip. */
function peaks(spans: readonly SeatSpan[]): Map<string, number> {
  const steps = spans.flatMap(({ trip, from, to }) => [
    { trip: tripKey(trip), seq: from.seq, change: 1 },
    ...(to ? [{ trip: tripKey(trip), seq: to.seq, change: -1 }] : []),
  ]);
  const living = new Map<string, number>();
  const most = new Map<string, number>();
  for (const { trip, change } of steps.toSorted((a, b) => a.seq - b.seq)) {
    const now = (living.get(trip) ?? 0) + change;
    living.set(trip, now);
    most.set(trip, Math.max(most.get(trip) ?? 0, now));
  }
  return most;
}

/** Claims on which the table and the journal differ, once all runs are at rest. */
function claimsWithoutJournal({ journal, sandbox }: Facts): string[] {
  const nameOf = (claim: { holdId: string; seat: string }, state: string) => `${claim.holdId} ${state} ${claim.seat}`;
  const audited = new Set(
    seatSpans(journal)
      .filter(({ to }) => to === null)
      .map((span) => nameOf(span, span.confirmed ? 'confirmed' : 'held')),
  );
  const stored = new Set(sandbox.claims.map((claim) => nameOf(claim, claim.state)));
  return [
    ...[...stored].filter((claim) => !audited.has(claim)).map((claim) => `claim [${claim}] has no journal`),
    ...[...audited].filter((claim) => !stored.has(claim)).map((claim) => `claim [${claim}] is only in the journal`),
  ];
}
