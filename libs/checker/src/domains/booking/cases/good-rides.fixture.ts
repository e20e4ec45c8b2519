import { rideKeyOf } from '@longhaul/contracts';
import type { RunUnderWay, WellBehavedHouse } from '../../../fixtures/well-behaved-house.fixture.ts';
import type { Trip } from '../effects.ts';

export const trip: Trip = { bus: 'b-1', departureAt: '2026-11-30T08:00:00.000Z' };
const fare = { amount: 4500, currency: 'EUR' };
const expiresAt = '2026-11-21T10:10:00.000Z';

/** Confirmed (r1), declined (r2), cancelled while running (r3), confirmed and cancelled later (r4), refused by fleet (r5). */
export function bookRides(house: WellBehavedHouse): void {
  house.table('capacity').set(trip.bus, { trip, seats: 3 });
  confirmed(house, 'r1', '1A');
  declined(house, 'r2');
  cancelledUnderWay(house, 'r3');
  confirmed(house, 'r4', '1B');
  cancelledLater(house, 'r4', '1B');
  refused(house, 'r5');
}

function confirmed(house: WellBehavedHouse, id: string, seat: string): void {
  const run = house.begin('bookRide', `booking-${keyOf(id)}`, rideOf(house, id));
  holdChargeConfirm(house, run, id, seat);
  run.did('fleet', 'addToManifest', { effect: 'passenger-listed', bookingId: `bk-${keyOf(id)}`, trip, seat });
  house.table('manifests').set(`bk-${keyOf(id)}`, { trip, bookingId: `bk-${keyOf(id)}`, seat });
  run.tell('booking-confirmed', `u-${id}`, { reference: `REF-${id}`, seat });
  const [bookingId, chargeId, reference] = [`bk-${keyOf(id)}`, `charge-${keyOf(id)}`, `REF-${id}`];
  run.end({ status: 'confirmed', bookingId, reference, seat, chargeId, notice: 'sent' });
}

function declined(house: WellBehavedHouse, id: string): void {
  const run = house.begin('bookRide', `booking-${keyOf(id)}`, rideOf(house, id));
  hold(house, run, id, '1C');
  const [user, chargeId, reason] = [`u-${id}`, `charge-${keyOf(id)}`, 'card-declined'];
  run.did('payment', 'chargeFare', { effect: 'charge-declined', chargeId, user, reason }, { status: 402 });
  run.did('payment', 'refundFare', { effect: 'charge-voided', chargeId });
  release(house, run, id, '1C');
  run.end({ status: 'declined', reason, givenBack: givenBack(null), notice: 'none' });
}

function cancelledUnderWay(house: WellBehavedHouse, id: string): void {
  const run = house.begin('bookRide', `booking-${keyOf(id)}`, rideOf(house, id));
  holdChargeConfirm(house, run, id, '1C');
  run.updates.push({ name: 'cancel', input: { reason: 'rain' }, answer: { answer: 'accepted' } });
  house.answers.push({ call: 'cancel', workflowId: run.workflowId, status: 200, body: { answer: 'accepted' } });
  undoFromBooking(house, run, id, '1C');
  run.tell('booking-undone', `u-${id}`, { why: 'cancelled' });
  run.end({ status: 'cancelled', reason: 'rain', givenBack: givenBack(fare), notice: 'sent' });
}

function refused(house: WellBehavedHouse, id: string): void {
  const run = house.begin('bookRide', `booking-${keyOf(id)}`, rideOf(house, id));
  holdChargeConfirm(house, run, id, '1C');
  run.did('fleet', 'addToManifest', undefined, { status: 409 });
  run.did('fleet', 'takeOffManifest', {
    effect: 'passenger-removed',
    bookingId: `bk-${keyOf(id)}`,
    trip,
    existed: false,
  });
  undoFromBooking(house, run, id, '1C');
  run.tell('booking-undone', `u-${id}`, { why: 'refused' });
  run.end({ status: 'refused', reason: 'trip-closed', givenBack: givenBack(fare), notice: 'sent' });
}

function cancelledLater(house: WellBehavedHouse, id: string, seat: string): void {
  const bookingId = `bk-${keyOf(id)}`;
  const run = house.begin('cancelBooking', `cancellation-${bookingId}`, { bookingId }, { user: `u-${id}` });
  run.did('booking', 'withdrawBooking', { effect: 'booking-cancelled', bookingId, existed: true });
  run.did('fleet', 'takeOffManifest', { effect: 'passenger-removed', bookingId, trip, existed: true });
  house.table('manifests').delete(bookingId);
  refund(house, run, id, `cancellation-refund-${bookingId}`);
  release(house, run, id, seat);
  run.tell('booking-cancelled', `u-${id}`, { bookingId });
  run.end({ status: 'cancelled', bookingId, refund: fare, refundPercent: 100, notice: 'sent', settledByHand: [] });
}

/** The user of request `r1` is `u-r1`. */
const keyOf = (id: string) => rideKeyOf({ user: `u-${id}`, requestId: id });

const segment = { from: 'Lagos', to: 'Ibadan' };

/** The input of a booking, after getting a quote for it. */
function rideOf(house: WellBehavedHouse, requestId: string) {
  const [quoteId, user] = [`quote-${requestId}`, `u-${requestId}`];
  const asked = { service: 'booking', route: 'POST /quotes', key: `asked-by-${user}`, correlationId: null } as const;
  const quote = { quoteId, user, trip, segment, fare, expiresAt: '2026-11-21T10:15:00.000Z' };
  house.called({ ...asked, status: 201 }, { effect: 'quote-made', ...quote });
  return { requestId, user, ...trip, segment, quoteId, fare };
}

const givenBack = (refunded: typeof fare | null) => ({ refund: refunded, seatReleased: true, settledByHand: [] });

function hold(house: WellBehavedHouse, run: RunUnderWay, id: string, seat: string): void {
  const [holdId, quoteId, user] = [`hold-${keyOf(id)}`, `quote-${id}`, `u-${id}`];
  run.did('booking', 'holdSeat', { effect: 'seat-held', holdId, quoteId, trip, seat, user, expiresAt });
  house.table('claims').set(holdId, { holdId, trip, seat, state: 'held', expiresAt });
}

function holdChargeConfirm(house: WellBehavedHouse, run: RunUnderWay, id: string, seat: string): void {
  const [holdId, chargeId, bookingId, user] = [
    `hold-${keyOf(id)}`,
    `charge-${keyOf(id)}`,
    `bk-${keyOf(id)}`,
    `u-${id}`,
  ];
  hold(house, run, id, seat);
  run.did('payment', 'chargeFare', { effect: 'charge-captured', chargeId, user, money: fare });
  house.transfer('equity:opening', `wallet:${user}`, { ...fare, amount: 10_000 });
  house.transfer(`wallet:${user}`, 'fares:captured', fare);
  const booked = { bookingId, holdId, chargeId, trip, seat, user, fare, reference: `REF-${id}` };
  run.did('booking', 'confirmBooking', { effect: 'booking-confirmed', ...booked });
  house.table('claims').set(holdId, { holdId, trip, seat, state: 'confirmed', expiresAt: null });
}

function undoFromBooking(house: WellBehavedHouse, run: RunUnderWay, id: string, seat: string): void {
  run.did('booking', 'withdrawBooking', { effect: 'booking-cancelled', bookingId: `bk-${keyOf(id)}`, existed: true });
  refund(house, run, id, `refund-${keyOf(id)}`);
  release(house, run, id, seat);
}

function refund(house: WellBehavedHouse, run: RunUnderWay, id: string, refundId: string): void {
  run.did('payment', 'refundFare', {
    effect: 'charge-refunded',
    chargeId: `charge-${keyOf(id)}`,
    refundId,
    money: fare,
  });
  house.transfer('fares:captured', `wallet:u-${id}`, fare);
}

function release(house: WellBehavedHouse, run: RunUnderWay, id: string, seat: string): void {
  run.did('booking', 'releaseSeat', {
    effect: 'seat-released',
    holdId: `hold-${keyOf(id)}`,
    trip,
    seat,
    existed: true,
  });
  house.table('claims').delete(`hold-${keyOf(id)}`);
}
