import type { BookRideOutcome } from '@longhaul/contracts';
import type { RideRequest } from '@longhaul/testing/processes';
import fc from 'fast-check';

type Status = BookRideOutcome['status'];

interface Kind {
  /** How many of 150. */
  readonly count: number;
  readonly user?: string;
  readonly bus?: string;
  readonly ends: readonly Status[];
  /** What the caller does in addition to booking. */
  readonly then?: 'sends-twice' | 'cancels-under-way' | 'cancels-afterwards';
}

/** The typed failures of docs/sandbox.md, and callers who change their minds. */
const kinds = {
  good: { count: 36, ends: ['confirmed'] },
  'sent twice': { count: 14, ends: ['confirmed'], then: 'sends-twice' },
  declined: { count: 10, user: 'u-declined', ends: ['declined'] },
  broke: { count: 5, user: 'u-broke', ends: ['declined'] },
  'quote expired': { count: 4, user: 'u-late-quote', ends: ['quote-refused'] },
  'sold out': { count: 9, bus: 'b-full', ends: ['sold-out'] },
  closed: { count: 9, bus: 'b-closed', ends: ['refused'] },
  'trip cancelled': { count: 4, bus: 'b-cancelled', ends: ['refused'] },
  'manifest full': { count: 4, bus: 'b-full-manifest', ends: ['refused'] },
  flaky: { count: 8, bus: 'b-flaky', ends: ['confirmed'] },
  'slow card': { count: 6, user: 'u-slow-card', ends: ['confirmed'] },
  'no mail': { count: 4, user: 'u-no-mail', ends: ['confirmed'] },
  'refund stuck': { count: 4, user: 'u-refund-stuck', bus: 'b-closed', ends: ['refused'] },
  'cancelled under way': { count: 12, ends: ['cancelled', 'confirmed'], then: 'cancels-under-way' },
  'cancelled while the card is slow': {
    count: 7,
    user: 'u-slow-card',
    ends: ['cancelled', 'confirmed'],
    then: 'cancels-under-way',
  },
  'cancelled afterwards': { count: 14, ends: ['confirmed'], then: 'cancels-afterwards' },
} as const satisfies Record<string, Kind>;

/** A booking request, what its caller does then, and its allowed outcomes. */
export interface BookingCase {
  readonly kind: string;
  readonly ride: RideRequest;
  readonly ends: readonly Status[];
  readonly then: Kind['then'] | undefined;
  /** How long after the start the caller cancels, in milliseconds. */
  readonly changeOfMindMs: number;
}

const hourMs = 3_600_000;
const longestChangeOfMindMs = 1_500;
const buses = 12;

/** 150 bookings, the same for the same seed. */
export function bookingCases(seed: number, nowMs: number): readonly BookingCase[] {
  const all = Object.entries<Kind>(kinds).flatMap(([name, kind]) =>
    Array.from({ length: kind.count }, () => ({ name, ...kind })),
  );
  const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
  const changesOfMind = fc.array(fc.nat(longestChangeOfMindMs), { minLength: all.length, maxLength: all.length });
  const [[cases, changeOfMindMs]] = fc.sample(fc.tuple(shuffled, changesOfMind), { seed, numRuns: 1 }) as [
    [typeof all, number[]],
  ];
  return cases.map(({ name, user = 'u', bus = 'b', ends, then }, number) => ({
    kind: name,
    ends,
    then,
    changeOfMindMs: changeOfMindMs[number]!,
    ride: {
      requestId: `chaos-${seed}-${number}`,
      user: `${user}-${number}`,
      bus: `${bus}-${number % buses}`,
      segment: { from: 'Kigali', to: 'Huye' },
      departureAt: new Date(nowMs + (48 + number) * hourMs).toISOString(),
    },
  }));
}
