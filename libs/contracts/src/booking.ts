import { z } from 'zod';
import { defineWorkflow, idWithPrefix, Queue } from './contract.ts';
import { cancelMessage, CancelRequest, resolveMessage, ResolveRequest } from './messages.ts';
import { Money, PositiveMoney } from './money.ts';
import { NoticeState } from './notice.ts';
import { BusinessKey, Label, Moment, ownedKey } from './values.ts';

export const Segment = z
  .object({ from: Label, to: Label })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'must differ from "from"' });

/** The booking service chooses it. */
const QuoteId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/, {
  error: 'must be 1 to 128 letters, digits, "-", "_" or ".", beginning with a letter or digit',
});

/** Why the booking service refuses the quote. Another user's quote counts as unknown. */
const QuoteRefusal = z.enum([
  'quote-unknown',
  'quote-used',
  'quote-expired',
  'quote-for-another-trip',
  'fare-not-quoted',
]);

export const BookRideInput = z.object({
  /** The user's key. Two users can have the same key for different requests. */
  requestId: BusinessKey,
  user: BusinessKey,
  bus: BusinessKey,
  segment: Segment,
  departureAt: Moment,
  /** The booking service's quote for this ride: for this user, for one seat, until it expires. */
  quoteId: QuoteId,
  /** The price that the user accepts. If the quote has another price, no seat is held. */
  fare: PositiveMoney,
});
export type BookRideInput = z.infer<typeof BookRideInput>;

type Request = Pick<BookRideInput, 'user' | 'requestId'>;

/** The key of a request in all ids made from it: `<user>.<request id>`. */
export const rideKeyOf = ({ user, requestId }: Request): string => ownedKey(user, requestId);

/** The id of a booking. It is made from the request, so that an undo knows it even if the answer of the step was lost. */
export const bookingId = idWithPrefix<string>('bk-', (rideKey) => rideKey);

/** Wider than our own ids, because the booking service may have bookings that other systems made. */
const BookingId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,131}$/, {
  error: 'must be 1 to 132 letters, digits, "-", "_" or ".", beginning with a letter or digit',
});

/** The id of the run that makes a booking. */
export const bookRideId = idWithPrefix<string>('booking-', (rideKey) => rideKey);

/** What the undos returned. A step that an operator settled by hand is in `settledByHand`, with the note. */
export const GivenBack = z.object({
  refund: Money.nullable(),
  seatReleased: z.boolean(),
  settledByHand: z.array(z.object({ step: z.string(), by: z.string(), note: z.string() })),
});
export type GivenBack = z.infer<typeof GivenBack>;

const undone = { givenBack: GivenBack, notice: NoticeState };

export const BookRideOutcome = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('confirmed'),
    bookingId: z.string(),
    reference: z.string(),
    seat: z.string(),
    chargeId: z.string(),
    notice: NoticeState,
  }),
  z.object({ status: z.literal('declined'), reason: z.string(), ...undone }),
  /** The quote is not valid for this ride, or has expired. Nothing was held or charged. */
  z.object({ status: z.literal('quote-refused'), reason: QuoteRefusal, ...undone }),
  z.object({ status: z.literal('sold-out'), ...undone }),
  /** The bus had already departed. */
  z.object({ status: z.literal('departed'), ...undone }),
  z.object({ status: z.literal('refused'), reason: z.enum(['trip-closed', 'trip-cancelled', 'trip-full']), ...undone }),
  z.object({ status: z.literal('cancelled'), reason: z.string(), ...undone }),
  z.object({ status: z.literal('failed'), step: z.string(), code: z.string(), ...undone }),
]);
export type BookRideOutcome = z.infer<typeof BookRideOutcome>;

export const BookRide = defineWorkflow({
  type: 'bookRide',
  queue: Queue.booking,
  id: { of: (request) => bookRideId.of(rideKeyOf(request)), parse: bookRideId.parse },
  input: BookRideInput,
  outcome: BookRideOutcome,
  updates: {
    cancel: cancelMessage,
    resolve: resolveMessage,
  },
  signals: {
    cancel: CancelRequest,
    resolve: ResolveRequest,
    /** The confirmed booking is being cancelled, so its confirmation must no longer be sent. */
    bookingCancelled: z.object({}),
  },
  steps: {
    holdSeat: { undoneBy: 'releaseSeat' },
    chargeFare: { undoneBy: 'refundFare' },
    renewHold: {},
    confirmBooking: { undoneBy: 'withdrawBooking' },
    addToManifest: { undoneBy: 'takeOffManifest' },
    readBooking: {},
    notifyPassenger: {},
  },
  once: 'A request id of a user books once, for good: when Temporal has forgotten the run, the booking service still says what was decided.',
  http: {
    start: '/api/v1/bookings',
    runs: '/api/v1/bookings',
    owner: { field: 'user' },
    anyOwnerScope: 'bookings:any',
    ownerMessages: ['cancel'],
    keyField: 'requestId',
    whenFinished:
      'A confirmed booking is cancelled by its booking id: POST /api/v1/bookings/:bookingId/cancellation. Anything else has ended by itself.',
    summary: 'Book a ride: hold a seat, charge the fare, confirm, put the passenger on the manifest',
  },
});

export const CancelBookingInput = z.object({ bookingId: BookingId });
export type CancelBookingInput = z.infer<typeof CancelBookingInput>;

export const CancelBookingOutcome = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('cancelled'),
    bookingId: z.string(),
    /** The refund by the rules (null if nothing had been paid), and its share of the fare. */
    refund: Money.nullable(),
    refundPercent: z.int().min(0).max(100),
    notice: NoticeState,
    settledByHand: GivenBack.shape.settledByHand,
  }),
  z.object({ status: z.literal('not-found'), bookingId: z.string() }),
  z.object({
    status: z.literal('not-cancellable'),
    bookingId: z.string(),
    reason: z.enum(['departed', 'not-confirmed']),
  }),
  z.object({ status: z.literal('failed'), step: z.string(), code: z.string() }),
]);
export type CancelBookingOutcome = z.infer<typeof CancelBookingOutcome>;

export const CancelBooking = defineWorkflow({
  type: 'cancelBooking',
  queue: Queue.booking,
  id: idWithPrefix<CancelBookingInput>('cancellation-', (input) => input.bookingId),
  input: CancelBookingInput,
  outcome: CancelBookingOutcome,
  updates: { resolve: resolveMessage },
  signals: { resolve: ResolveRequest },
  steps: {
    readBooking: {},
    stopBookingUnderWay: {},
    withdrawBooking: {},
    takeOffManifest: {},
    refundFare: {},
    releaseSeat: {},
    notifyPassenger: {},
  },
  // Otherwise a request for a booking that does not exist yet would block its later cancellation.
  startsAnewAfter: ['not-found'],
  once: 'A booking is cancelled once, for as long as the namespace keeps closed runs; after that the booking service answers that it is cancelled.',
  http: {
    start: '/api/v1/bookings/:bookingId/cancellation',
    runs: '/api/v1/booking-cancellations',
    owner: { record: 'booking', in: 'bookingId' },
    anyOwnerScope: 'bookings:any',
    ownerMessages: [],
    whenFinished: 'The cancellation has ended; its result says how.',
    summary: 'Cancel a confirmed booking: refund by the rules, release the seat, take the passenger off the manifest',
  },
});
