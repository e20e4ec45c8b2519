import {
  bookingId as bookingIds,
  BookRide,
  BookRideOutcome,
  CancelBooking,
  CancelBookingOutcome,
  type BookRideInput,
  type Money,
  rideKeyOf,
} from '@longhaul/contracts';
import { tourId, type Ended, type Tour, type TourCase } from './case.ts';

const both = ['booking', 'fleet'];
const hourMs = 3_600_000;

/** One or two real runs for each possible outcome of a booking. */
export const bookingCases: readonly TourCase[] = [
  {
    title: 'A good booking',
    asked: 'A seat on b-12, departure in 3 days',
    expected: 'confirmed, and the passenger told',
    needs: both,
    async run(tour) {
      const outcome = await tour.bookToTheEnd(await ride(tour, 'good', { user: 'u-ada' }));
      return ended(outcome, outcome.status === 'confirmed' && outcome.notice === 'sent');
    },
  },
  {
    title: 'A declined card',
    asked: 'A seat on b-12, paid with a card that is declined (u-declined)',
    expected: 'declined, and the seat released',
    needs: ['booking'],
    async run(tour) {
      const outcome = await tour.bookToTheEnd(await ride(tour, 'declined', { user: 'u-declined' }));
      return ended(outcome, outcome.status === 'declined' && outcome.givenBack.seatReleased);
    },
  },
  {
    title: 'A quote that has expired',
    asked: 'A seat on b-12, at a price that no longer holds (u-late-quote)',
    expected: 'the quote refused, and nothing charged',
    needs: ['booking'],
    async run(tour) {
      const outcome = await tour.bookToTheEnd(await ride(tour, 'too-late', { user: 'u-late-quote' }));
      return ended(outcome, outcome.status === 'quote-refused' && outcome.givenBack.refund === null);
    },
  },
  {
    title: 'A sold-out bus',
    asked: 'A seat on a full bus (b-full)',
    expected: 'sold out, and nothing charged',
    needs: ['booking'],
    async run(tour) {
      const outcome = await tour.bookToTheEnd(await ride(tour, 'sold-out', { user: 'u-bayo', bus: 'b-full' }));
      return ended(outcome, outcome.status === 'sold-out' && outcome.givenBack.refund === null);
    },
  },
  {
    title: 'A booking cancelled while it is under way',
    asked: 'A seat on b-12, cancelled while a slow card is charged (u-slow-card)',
    expected: 'cancelled, the seat released, no money kept',
    needs: ['booking'],
    async run(tour) {
      const input = await ride(tour, 'second-thoughts', { user: 'u-slow-card' });
      const booking = await tour.start(BookRide, input, input.user);
      await tour.until(booking, ({ waitingFor }) => waitingFor?.step === 'chargeFare');
      const answer = await tour.cancel(booking, 'second thoughts');
      const outcome = await tour.end(booking, BookRideOutcome);
      return ended(
        outcome,
        answer.answer === 'accepted' && outcome.status === 'cancelled' && outcome.givenBack.seatReleased,
      );
    },
  },
  {
    title: 'A confirmed booking cancelled days before departure',
    asked: 'A seat on b-12 in 3 days; once confirmed, cancelled',
    expected: 'cancelled, 100 % of the fare refunded',
    needs: both,
    run: async (tour) => cancelledAfterwards(tour, await ride(tour, 'early', { user: 'u-chi' }), 100),
  },
  {
    title: 'A confirmed booking cancelled hours before departure',
    asked: 'A seat on b-12 in 6 hours; once confirmed, cancelled',
    expected: 'cancelled, 50 % of the fare refunded',
    needs: both,
    run: async (tour) => cancelledAfterwards(tour, await ride(tour, 'late', { user: 'u-dayo', departsInHours: 6 }), 50),
  },
  {
    title: 'A service that fails for a while and recovers',
    asked: 'A seat on b-flaky: the booking service fails 3 times',
    expected: 'confirmed all the same',
    needs: both,
    async run(tour) {
      const input = await ride(tour, 'patience', { user: 'u-efe', bus: 'b-flaky' });
      const booking = await tour.start(BookRide, input, input.user);
      const outcome = await tour.end(booking, BookRideOutcome);
      const failures = await tour.failedCalls(`${booking.workflowId}/holdSeat`);
      const after = `after ${failures} failed attempts`;
      return { ...ended(outcome, outcome.status === 'confirmed' && failures > 0, after) };
    },
  },
  {
    title: 'A trip that fleet has closed',
    asked: 'A seat on b-closed: paid and confirmed before fleet refuses',
    expected: 'refused, fare refunded, seat released',
    needs: both,
    async run(tour) {
      const input = await ride(tour, 'closed', { user: 'u-femi', bus: 'b-closed' });
      const outcome = await tour.bookToTheEnd(input);
      const undone =
        outcome.status === 'refused' &&
        outcome.givenBack.seatReleased &&
        outcome.givenBack.refund?.amount === input.fare.amount;
      return ended(outcome, undone);
    },
  },
];

async function cancelledAfterwards(tour: Tour, input: BookRideInput, percent: number): Promise<Ended> {
  const booked = await tour.bookToTheEnd(input);
  if (booked.status !== 'confirmed') return ended(booked, false, 'and so could not be cancelled');
  const cancellation = await tour.start(CancelBooking, { bookingId: bookingIds.of(rideKeyOf(input)) }, input.user);
  const outcome = await tour.end(cancellation, CancelBookingOutcome);
  const share = (input.fare.amount * percent) / 100;
  const asItShould = outcome.status === 'cancelled' && outcome.refund?.amount === share;
  return ended(outcome, asItShould);
}

async function ride(
  tour: Tour,
  name: string,
  request: { user: string; bus?: string; departsInHours?: number },
): Promise<BookRideInput> {
  const departure = new Date(Date.now() + (request.departsInHours ?? 72) * hourMs);
  departure.setUTCSeconds(0, 0);
  return tour.quoted({
    requestId: `tour-${tourId}-${name}`,
    user: request.user,
    bus: request.bus ?? 'b-12',
    segment: { from: 'Kigali', to: 'Huye' },
    departureAt: departure.toISOString(),
  });
}

function ended(outcome: BookRideOutcome | CancelBookingOutcome, asItShould: boolean, also = ''): Ended {
  return { happened: [inWords(outcome), also].filter(Boolean).join(' '), asItShould };
}

function inWords(outcome: BookRideOutcome | CancelBookingOutcome): string {
  const why = 'reason' in outcome ? ` (${outcome.reason})` : '';
  const where = 'code' in outcome ? ` at ${outcome.step} (${outcome.code})` : '';
  const parts = [`${outcome.status.replaceAll('-', ' ')}${why}${where}`];
  if ('seat' in outcome && outcome.seat) parts.push(`seat ${outcome.seat}`);
  if ('refundPercent' in outcome) parts.push(`refund ${outcome.refundPercent} % (${money(outcome.refund)})`);
  if ('givenBack' in outcome) {
    if (outcome.givenBack.refund) parts.push(`refund ${money(outcome.givenBack.refund)}`);
    if (outcome.givenBack.seatReleased) parts.push('seat released');
  }
  if ('notice' in outcome && outcome.notice !== 'none') parts.push(outcome.notice === 'sent' ? 'told' : 'not told');
  return parts.join(', ');
}

const money = (refund: Money | null) => (refund ? `${refund.amount} ${refund.currency}` : 'nothing');
