import type { Money, Trip } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';
import { referenceOf } from './reference.ts';

export interface NewBooking {
  readonly bookingId: string;
  readonly madeBy: string | null;
  readonly holdId: string;
  readonly chargeId: string;
  readonly fare: Money;
}

/** Turns a hold into a booking. Undefined if the hold has ended. */
export async function confirmHold(
  tx: Queries,
  { bookingId, madeBy, holdId, chargeId, fare }: NewBooking,
  now: string,
): Promise<{ trip: Trip; seat: string; user: string; reference: string } | undefined> {
  const [claim] = await tx.query<{ bus: string; departure_at: string; seat: string; user_id: string; number: number }>(
    `update claims set state = 'confirmed', expires_at = null where hold_id = $1 and state = 'held' and expires_at > $2
     returning bus, departure_at, seat, user_id, nextval('booking_numbers') as number`,
    [holdId, now],
  );
  if (!claim) return undefined;
  const reference = referenceOf(claim.number);
  await tx.query(
    `insert into bookings (booking_id, hold_id, charge_id, fare_amount, fare_currency, reference, made_by, state)
     values ($1, $2, $3, $4, $5, $6, $7, 'confirmed')`,
    [bookingId, holdId, chargeId, fare.amount, fare.currency, reference, madeBy],
  );
  return {
    trip: { bus: claim.bus, departureAt: claim.departure_at },
    seat: claim.seat,
    user: claim.user_id,
    reference,
  };
}

/** Returns whether there was a confirmed booking. Its seat stays taken until it is released. */
export async function cancelBooking(tx: Queries, bookingId: string, by: string | null): Promise<boolean> {
  const cancelled = await tx.query(
    `update bookings set state = 'cancelled', cancelled_by = $2 where booking_id = $1 and state = 'confirmed'
     returning booking_id`,
    [bookingId, by],
  );
  return cancelled.length > 0;
}

interface BookingRow {
  readonly state: 'confirmed' | 'cancelled';
  readonly madeBy: string | null;
  readonly cancelledBy: string | null;
  readonly reference: string;
  readonly user: string;
  readonly bus: string;
  readonly departureAt: string;
  readonly seat: string;
  readonly holdId: string;
  readonly chargeId: string;
  readonly amount: number;
  readonly currency: string;
}

export async function findBooking(tx: Queries, bookingId: string): Promise<BookingRow | undefined> {
  const [row] = await tx.query<BookingRow>(
    `select booking.state, made_by as "madeBy", cancelled_by as "cancelledBy", reference, user_id as "user", bus, departure_at as "departureAt", seat,
       hold_id as "holdId", charge_id as "chargeId", fare_amount as amount, fare_currency as currency
     from bookings as booking join claims using (hold_id) where booking_id = $1`,
    [bookingId],
  );
  return row;
}
