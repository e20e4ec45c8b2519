import { z } from 'zod';
import type { SandboxCore } from '../../core.ts';
import { done, operation, refused, type ServiceRoutes } from '../../http/operation.ts';
import { Empty, Money, Name, Segment, Trip } from '../../values.ts';
import { cancelBooking, confirmHold, findBooking } from './bookings.ts';
import { claimSeat, extendHold, freeSeat, holdExists, isConfirmed, lapse, lockTrip } from './holds.ts';
import { alreadyUndone, markUndone, open } from './marks.ts';
import { costsOtherwise, quoteOperation, quoteRefusal, useQuote } from './quotes.ts';

const TtlSeconds = z.int().min(1).max(86_400);

const HoldRequest = z.strictObject({
  holdId: Name,
  madeBy: Name.optional(),
  user: Name,
  trip: Trip,
  segment: Segment,
  quoteId: Name,
  fare: Money,
  ttlSeconds: TtlSeconds,
});

/** Quotes, seats, holds and bookings. Every bus exists, with `seatsPerBus` seats. */
export function bookingRoutes(core: SandboxCore): ServiceRoutes {
  const { settings, typedRefusal } = core;
  return {
    operations: [
      quoteOperation(core),

      operation({
        route: 'POST /holds',
        body: HoldRequest,
        names: ({ user, trip }) => [trip.bus, user],
        async work({ body: { holdId, ttlSeconds, ...asked }, tx, now }) {
          const { user, trip, quoteId } = asked;
          const opened = await open(tx, 'hold', holdId);
          if (opened === 'undone') return alreadyUndone('hold', holdId);
          if (opened === 'known' && (await holdExists(tx, holdId))) return exists('hold', holdId);
          const unquoted = await quoteRefusal(tx, asked, now);
          if (unquoted) return unquoted;
          const refusal = typedRefusal('POST /holds', trip.bus);
          if (refusal) return refused(refusal.status, refusal.code, soldOut(trip));
          const seats = await lockTrip(tx, trip, settings.seatsPerBus);
          const housekeeping = await lapse(tx, now, { trip });
          const expiresAt = later(now, ttlSeconds);
          const seat = await claimSeat(tx, { holdId, user, trip, seats, expiresAt });
          if (seat === undefined) return refused(409, 'sold-out', soldOut(trip), { housekeeping });
          await useQuote(tx, quoteId, holdId);
          const held = { effect: 'seat-held', holdId, quoteId, trip, seat, user, expiresAt } as const;
          return { ...done(201, { holdId, seat, expiresAt }, [held]), housekeeping };
        },
      }),

      operation({
        route: 'POST /holds/:holdId/renewal',
        body: z.strictObject({ ttlSeconds: TtlSeconds }),
        async work({ params: { holdId = '' }, body: { ttlSeconds }, tx, now }) {
          const expiresAt = later(now, ttlSeconds);
          if (await extendHold(tx, holdId, expiresAt, now)) {
            return done(200, { expiresAt }, [{ effect: 'hold-renewed', holdId, expiresAt }]);
          }
          if (await isConfirmed(tx, holdId)) return refused(409, 'hold-confirmed', `The hold is booked [${holdId}]`);
          return refused(409, 'hold-lapsed', notAlive(holdId), { housekeeping: await lapse(tx, now, { holdId }) });
        },
      }),

      operation({
        route: 'POST /holds/:holdId/release',
        body: Empty,
        async work({ params: { holdId = '' }, tx }) {
          await markUndone(tx, 'hold', holdId);
          const freed = await freeSeat(tx, holdId);
          const { trip, seat } = freed ?? { trip: null, seat: null };
          return done(200, { released: freed !== undefined }, [
            { effect: 'seat-released', holdId, trip, seat, existed: freed !== undefined },
          ]);
        },
      }),

      operation({
        route: 'POST /bookings',
        body: z.strictObject({
          bookingId: Name,
          madeBy: Name.optional(),
          holdId: Name,
          chargeId: Name,
          fare: Money,
        }),
        async work({ body: { madeBy, ...body }, tx, now }) {
          const opened = await open(tx, 'booking', body.bookingId);
          if (opened === 'undone') return alreadyUndone('booking', body.bookingId);
          if (opened === 'known' && (await findBooking(tx, body.bookingId))) return exists('booking', body.bookingId);
          if (await costsOtherwise(tx, body.holdId, body.fare)) {
            return refused(409, 'fare-not-quoted', `The hold was not quoted at this fare [${body.holdId}]`);
          }
          const confirmed = await confirmHold(tx, { ...body, madeBy: madeBy ?? null }, now);
          if (!confirmed) {
            const housekeeping = await lapse(tx, now, { holdId: body.holdId });
            return refused(409, 'hold-lapsed', notAlive(body.holdId), { housekeeping });
          }
          return done(201, { bookingId: body.bookingId, reference: confirmed.reference }, [
            { effect: 'booking-confirmed', ...body, ...confirmed },
          ]);
        },
      }),

      operation({
        route: 'POST /bookings/:bookingId/cancellation',
        body: z.strictObject({ cancelledBy: Name.optional() }),
        async work({ params: { bookingId = '' }, body: { cancelledBy = null }, tx }) {
          await markUndone(tx, 'booking', bookingId);
          const existed = await cancelBooking(tx, bookingId, cancelledBy);
          return done(200, { cancelled: existed }, [{ effect: 'booking-cancelled', bookingId, existed }]);
        },
      }),
    ],

    reads: [
      {
        route: 'GET /bookings/:bookingId',
        async work({ params: { bookingId = '' }, tx }) {
          const row = await findBooking(tx, bookingId);
          if (!row) return refused(404, 'not-found', `There is no such booking [${bookingId}]`);
          const { bus, departureAt, amount, currency, ...rest } = row;
          return done(200, { bookingId, ...rest, trip: { bus, departureAt }, fare: { amount, currency } });
        },
      },
    ],
  };
}

const later = (now: string, seconds: number) => new Date(Date.parse(now) + seconds * 1_000).toISOString();

const soldOut = ({ bus, departureAt }: Trip) => `No seat is left [bus: ${bus}, departure: ${departureAt}]`;

const notAlive = (holdId: string) => `The hold is not alive [${holdId}]`;

const exists = (kind: 'hold' | 'booking', id: string) =>
  refused(409, `${kind}-exists`, `The ${kind} was made before, under another key [${id}]`);
