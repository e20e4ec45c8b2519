import { setTimeout as pause } from 'node:timers/promises';
import { BookRide, CancelBooking, Queue, type BookRideInput } from '@longhaul/contracts';
import { until, withSteps, type House, type WorkerUnderTest } from '@longhaul/testing';
import {
  cancelInTemporal,
  cancelNow,
  playThrough,
  refuse,
  retry,
  sendCancel,
  settled,
  signalNow,
  type Play,
  type RecordedRun,
} from '@longhaul/testing/histories';
import type { BookingActivities } from './activities.ts';
import { aCancellation, aRide, bookingWorkers } from './booking.fixture.ts';

interface RidePlay extends Play {
  readonly hoursAhead?: number;
}

/** A user whose holds expire in a minute, as after a slow bank. */
const lateHolder = 'u-late-hold';

const ride = (name: string, overrides: Partial<BookRideInput> = {}, play: RidePlay = {}): RecordedRun => ({
  name,
  play: async (house) => playThrough(house, BookRide, await theRide(house, name, overrides, play), play),
});

const cancellation = (name: string, overrides: Partial<BookRideInput> = {}, play: RidePlay = {}): RecordedRun => ({
  name,
  async play(house) {
    const booked = await theRide(house, name, overrides, play);
    await (await house.start(BookRide, booked)).result();
    return playThrough(house, CancelBooking, aCancellation(booked), play);
  },
});

export const recordedRuns: readonly RecordedRun[] = [
  ride('ride-confirmed'),
  ride('ride-confirmed-patient', {}, { fastPath: false }),
  ride(
    'ride-local-attempt-fails',
    {},
    {
      faults: [{ key: '/(chargeFare|notifyPassenger)$', kind: 'lost-answer', attempts: { to: 1 } }],
    },
  ),
  ride(
    'ride-asked-to-wait',
    {},
    {
      faults: [{ key: '/chargeFare$', kind: 'too-many-requests', attempts: { to: 1 } }],
    },
  ),
  ride('ride-hold-renewed', { user: lateHolder }),
  ride(
    'ride-hold-lapsed',
    { user: lateHolder },
    {
      faults: [{ key: '/renewHold$', kind: 'refusal', code: 'hold-lapsed' }],
    },
  ),
  ride('ride-notice-given-up', {}, { faults: [refuse('notifyPassenger')] }),
  ride('ride-declined', { user: 'u-declined' }),
  ride('ride-declined-patient', { user: 'u-declined' }, { fastPath: false }),
  ride('ride-quote-refused', { user: 'u-late-quote' }),
  ride('ride-sold-out', { bus: 'b-full' }),
  ride('ride-departed', {}, { hoursAhead: -1 }),
  ride('ride-refused-by-fleet', { bus: 'b-closed' }),
  ride('ride-refused-by-fleet-patient', { bus: 'b-closed' }, { fastPath: false }),
  ride('ride-failed-at-the-charge', {}, { faults: [refuse('chargeFare')] }),
  ride('ride-cancelled', {}, { at: ['chargeFare', sendCancel] }),
  ride('ride-cancelled-patient', {}, { fastPath: false, at: ['confirmBooking', cancelNow] }),
  ride('ride-cancelled-at-the-manifest', {}, { at: ['addToManifest', cancelNow] }),
  ride('ride-cancelled-by-signal', {}, { fastPath: false, at: ['chargeFare', signalNow] }),
  ride('ride-cancelled-before-it-began', {}, { firstSignal: { name: 'cancel', input: { reason: 'too dear' } } }),
  ride('ride-cancelled-in-temporal', {}, { fastPath: false, at: ['chargeFare', cancelInTemporal] }),
  ride('ride-cancelled-too-late', {}, { fastPath: false, at: ['notifyPassenger', signalNow] }),
  ride('ride-parked', {}, { faults: [refuse('addToManifest')], parked: 'stay' }),
  ride('ride-parked-then-retried', {}, { faults: [refuse('addToManifest')], parked: retry }),
  ride('ride-parked-then-settled', {}, { faults: [refuse('addToManifest')], parked: settled }),
  ride('ride-parked-then-settled-by-signal', {}, { faults: [refuse('addToManifest')], parked: 'settled by signal' }),
  ride('ride-parked-then-cancelled', {}, { faults: [refuse('addToManifest')], parked: 'cancel' }),
  ride('ride-undo-parked-then-retried', { bus: 'b-closed' }, { faults: [refuse('refundFare')], parked: retry }),
  ride('ride-undo-parked-then-settled', { bus: 'b-closed' }, { faults: [refuse('refundFare')], parked: settled }),
  cancellation('cancellation-in-full'),
  cancellation('cancellation-in-full-patient', {}, { fastPath: false }),
  cancellation('cancellation-of-half', {}, { hoursAhead: 12 }),
  cancellation('cancellation-without-refund', {}, { hoursAhead: 1 }),
  { name: 'cancellation-after-departure', play: cancelDeparted },
  cancellation('cancellation-of-what-never-was', { user: 'u-declined' }),
  cancellation('cancellation-of-what-was-undone', { bus: 'b-closed' }),
  cancellation('cancellation-parked-then-retried', {}, { faults: [refuse('withdrawBooking')], parked: retry }),
  cancellation('cancellation-parked-then-settled', {}, { faults: [refuse('releaseSeat')], parked: settled }),
  cancellation(
    'cancellation-parked-then-settled-by-signal',
    {},
    { faults: [refuse('releaseSeat')], parked: 'settled by signal' },
  ),
  cancellation(
    'cancellation-without-an-answer',
    {},
    {
      faults: [{ route: 'GET /bookings/:bookingId', kind: 'refusal' }],
      parked: settled,
    },
  ),
  { name: 'cancellation-of-a-ride-under-way', play: cancelUnderWay },
  { name: 'ride-overtaken-by-its-cancellation', play: overtake },
];

function theRide(house: House, name: string, overrides: Partial<BookRideInput>, { hoursAhead = 48 }: RidePlay) {
  const departureAt = new Date(house.nowMs() + hoursAhead * 3_600_000).toISOString();
  return aRide(house, { requestId: `recorded-${name}`, bus: `b-${name}`, departureAt, ...overrides });
}

/** Waits in real time, because the start time of a run is always that of the real clock. */
async function cancelDeparted(house: House, name: string) {
  const secondsAhead = 5;
  const booked = await theRide(house, name, {}, { hoursAhead: secondsAhead / 3_600 });
  await (await house.start(BookRide, booked)).result();
  await pause(secondsAhead * 1_000);
  return playThrough(house, CancelBooking, aCancellation(booked), {});
}

async function cancelUnderWay(house: House, name: string) {
  const booked = await theRide(house, name, {}, {});
  house.sandbox.faults.set({ seed: 1, rules: [{ key: '/addToManifest$', kind: 'error-before-commit' }] });
  const under = await house.start(BookRide, booked);
  await until(under, ({ waitingFor }) => waitingFor?.step === 'addToManifest');
  return playThrough(house, CancelBooking, aCancellation(booked), {});
}

/** The confirmation could not be sent to the passenger yet. */
async function overtake(house: House, name: string) {
  const booked = await theRide(house, name, {}, {});
  const down = { key: `^${BookRide.id.of(booked)}/notifyPassenger$`, kind: 'error-before-commit' } as const;
  house.sandbox.faults.set({ seed: 1, rules: [down] });
  const ride = await house.start(BookRide, booked, { time: 'stands' });
  await until(ride, ({ waitingFor }) => waitingFor?.step === 'notifyPassenger');
  await (await house.start(CancelBooking, aCancellation(booked))).result();
  await ride.result();
  return ride;
}

/** The workers of the specs, with holds that are late for one user. */
export async function recordedWorkers(): Promise<WorkerUnderTest[]> {
  return withSteps(await bookingWorkers(), Queue.booking, ({ holdSeat }: BookingActivities) => ({
    holdSeat: lateFor(lateHolder, holdSeat),
  }));
}

type HoldSeat = BookingActivities['holdSeat'];

const lateFor =
  (user: string, holdSeat: HoldSeat): HoldSeat =>
  async (call, request) => ({
    ...(await holdSeat(call, request)),
    ...(request.user === user && { expiresAt: new Date(Date.now() + 60_000).toISOString() }),
  });
