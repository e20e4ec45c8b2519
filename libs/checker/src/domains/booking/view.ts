import type { Deed, Story, View } from '../../everywhere/view.ts';
import { rowsOf } from '../../rows.ts';
import type { JournalEntry } from '../../sandbox-evidence.ts';
import type { Facts } from './facts.ts';
import { thingOf, type Ride } from './facts/rides.ts';
import { keysOfCallers } from './keys.ts';

export function viewOf({ rides, sandbox }: Facts): View {
  return {
    stories: rides.flatMap(storiesOf),
    deeds,
    owned: rides.flatMap((ride) =>
      [...rowsOf(ride, 'seat-held'), ...rowsOf(ride, 'booking-confirmed'), ...rowsOf(ride, 'charge-captured')].map(
        (row) => [row, ride.input.user] as const,
      ),
    ),
    unfinished: stillHeld(rides, sandbox.claims),
    stoppedAs: ['departed'],
    cancels: 'booking 8',
    keys: keysOfCallers,
  };
}

function storiesOf({ run, outcome, cancellation, input: { user: owner }, excused }: Ride): Story[] {
  const excuses = (step: string) => excused.has(step);
  return [
    { run, outcome, kept: outcome?.status === 'confirmed', owner, excuses },
    ...(cancellation ? [{ ...cancellation, kept: cancellation.outcome?.status === 'cancelled', owner, excuses }] : []),
  ];
}

function stillHeld(rides: readonly Ride[], claims: Facts['sandbox']['claims']): string[] {
  const waiting = new Set(rides.filter(({ excused }) => excused.has('releaseSeat')).map(({ holdId }) => holdId));
  return claims
    .filter(({ holdId, state }) => state === 'held' && !waiting.has(holdId))
    .map(({ holdId, seat }) => `${holdId} still holds seat ${seat}`);
}

const existed = (undo: JournalEntry) => 'existed' in undo && undo.existed;

const deeds: readonly Deed[] = [
  {
    effects: ['seat-held'],
    undos: ['seat-released'],
    thing: thingOf,
    found: existed,
    lapses: ({ effect }) => effect === 'hold-lapsed',
  },
  {
    effects: ['charge-captured'],
    undos: ['charge-refunded', 'charge-voided'],
    thing: thingOf,
    found: ({ effect }) => effect === 'charge-refunded',
  },
  { effects: ['booking-confirmed'], undos: ['booking-cancelled'], thing: thingOf, found: existed },
  { effects: ['passenger-listed'], undos: ['passenger-removed'], thing: thingOf, found: existed },
];
