import { z } from 'zod';
import type { CallContext, Http } from './http.ts';
import { refusalsAsValues } from './service-error.ts';
import { Done, Moment, Money, type Trip, Text } from './values.ts';

const Held = z.object({ seat: Text, expiresAt: Moment }).transform((hold) => ({ status: 'held' as const, ...hold }));

const Renewed = z
  .object({ expiresAt: Moment })
  .transform(({ expiresAt }) => ({ status: 'renewed' as const, expiresAt }));

const Confirmed = z
  .object({ reference: Text })
  .transform(({ reference }) => ({ status: 'confirmed' as const, reference }));

const BookingRecord = z.object({
  bookingId: Text,
  state: z.enum(['confirmed', 'cancelled']),
  /** The run that made it, and the run that cancelled it. */
  madeBy: Text.nullable(),
  cancelledBy: Text.nullable(),
  reference: Text,
  user: Text,
  trip: z.object({ bus: Text, departureAt: Moment }),
  seat: Text,
  holdId: Text,
  chargeId: Text,
  fare: Money,
});
export type BookingRecord = z.infer<typeof BookingRecord>;

export interface HoldRequest {
  /** Chosen by the caller, so that a hold whose answer was lost can be released. */
  readonly holdId: string;
  /** The run that sends the request. If another run has used this id, the service refuses. */
  readonly madeBy: string;
  readonly user: string;
  readonly trip: Trip;
  readonly segment: { readonly from: string; readonly to: string };
  /** The quote and the price that the user accepted; the service compares the two. */
  readonly quoteId: string;
  readonly fare: Money;
  readonly ttlSeconds: number;
}

export interface ConfirmRequest {
  readonly bookingId: string;
  readonly madeBy: string;
  readonly holdId: string;
  readonly chargeId: string;
  readonly fare: Money;
}

/** An earlier run of the same request has made it. The service may know that run's key or only its effect. */
const madeBefore = { status: 'made-before' as const };

const quoteRefused = <Reason extends string>(reason: Reason) => ({ status: 'quote-refused' as const, reason });

const quoteRefusals = {
  'quote-unknown': quoteRefused('quote-unknown'),
  'quote-used': quoteRefused('quote-used'),
  'quote-expired': quoteRefused('quote-expired'),
  'quote-for-another-trip': quoteRefused('quote-for-another-trip'),
  'fare-not-quoted': quoteRefused('fare-not-quoted'),
};

/** Seats, holds and bookings. */
export function bookingService(http: Http) {
  return {
    hold: (request: HoldRequest, context: CallContext) =>
      refusalsAsValues(
        {
          'sold-out': { status: 'sold-out' as const },
          ...quoteRefusals,
          'hold-exists': madeBefore,
          'already-undone': madeBefore,
          'idempotency-key-reused': madeBefore,
        },
        http.send('POST /holds', Held, context, { body: request }),
      ),

    renewHold: (holdId: string, ttlSeconds: number, context: CallContext) =>
      refusalsAsValues(
        { 'hold-lapsed': { status: 'lapsed' as const }, 'hold-confirmed': { status: 'booked' as const } },
        http.send('POST /holds/:holdId/renewal', Renewed, context, { params: { holdId }, body: { ttlSeconds } }),
      ),

    /** Can be called before the hold arrives: the service then refuses a later hold with this id. */
    releaseHold: (holdId: string, context: CallContext) =>
      http.send('POST /holds/:holdId/release', Done, context, { params: { holdId }, body: {} }),

    confirm: (request: ConfirmRequest, context: CallContext) =>
      refusalsAsValues(
        { 'hold-lapsed': { status: 'lapsed' as const } },
        http.send('POST /bookings', Confirmed, context, { body: request }),
      ),

    /** Can be called before the booking arrives, like `releaseHold`. */
    cancel: ({ bookingId, ...body }: { bookingId: string; cancelledBy: string }, context: CallContext) =>
      http.send('POST /bookings/:bookingId/cancellation', Done, context, { params: { bookingId }, body }),

    find: (bookingId: string, context: CallContext) =>
      refusalsAsValues(
        { 'not-found': undefined },
        http.send('GET /bookings/:bookingId', BookingRecord, context, { params: { bookingId } }),
      ),
  };
}
export type BookingService = ReturnType<typeof bookingService>;
