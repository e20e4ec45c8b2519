import type { Effect, Trip } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

interface ClaimRow {
  hold_id: string;
  bus: string;
  departure_at: string;
  seat: string;
}

/** Locks a trip, and creates it if it does not exist. Until the transaction ends, other holds on it wait. */
export async function lockTrip(tx: Queries, { bus, departureAt }: Trip, seatsPerBus: number): Promise<number> {
  const [trip] = await tx.query<{ seats: number }>(
    `insert into trips (bus, departure_at, seats) values ($1, $2, $3)
     on conflict (bus, departure_at) do update set seats = trips.seats returning seats`,
    [bus, departureAt, seatsPerBus],
  );
  return trip?.seats ?? 0;
}

/** Claims the first free seat, row by row: 1A, 1B, 1C, 1D, 2A. */
export async function claimSeat(
  tx: Queries,
  hold: { holdId: string; user: string; trip: Trip; seats: number; expiresAt: string },
): Promise<string | undefined> {
  const [claim] = await tx.query<{ seat: string }>(
    `insert into claims (hold_id, bus, departure_at, seat, user_id, expires_at, state)
     select $1, $2, $3::timestamptz, plan.seat, $4, $5::timestamptz, 'held'
     from (select n, (n / 4 + 1) || chr(65 + n % 4) as seat from generate_series(0, $6::int - 1) as n) as plan
     where not exists (
       select from claims
       where bus = $2 and departure_at = $3::timestamptz and claims.seat = plan.seat and state in ('held', 'confirmed'))
     order by n limit 1
     returning seat`,
    [hold.holdId, hold.trip.bus, hold.trip.departureAt, hold.user, hold.expiresAt, hold.seats],
  );
  return claim?.seat;
}

/** Frees the seats of expired holds: of one trip, of one hold, or of all. Skips rows that another transaction has locked. */
export async function lapse(tx: Queries, now: string, only: { trip?: Trip; holdId?: string } = {}): Promise<Effect[]> {
  const lapsed = await tx.query<ClaimRow>(
    `update claims set state = 'lapsed' where hold_id in (
       select hold_id from claims
       where state = 'held' and expires_at <= $1
         and ($2::text is null or (bus = $2 and departure_at = $3::timestamptz)) and ($4::text is null or hold_id = $4)
       for update skip locked)
     returning hold_id, bus, departure_at, seat`,
    [now, only.trip?.bus ?? null, only.trip?.departureAt ?? null, only.holdId ?? null],
  );
  return lapsed.map((claim) => ({
    effect: 'hold-lapsed',
    holdId: claim.hold_id,
    trip: { bus: claim.bus, departureAt: claim.departure_at },
    seat: claim.seat,
  }));
}

export async function extendHold(tx: Queries, holdId: string, expiresAt: string, now: string): Promise<boolean> {
  const renewed = await tx.query(
    `update claims set expires_at = $2 where hold_id = $1 and state = 'held' and expires_at > $3 returning hold_id`,
    [holdId, expiresAt, now],
  );
  return renewed.length > 0;
}

/** Frees the seat of a hold, also if it is confirmed. It is found by the hold's id, so it cannot be that of another hold. */
export async function freeSeat(tx: Queries, holdId: string): Promise<{ trip: Trip; seat: string } | undefined> {
  const [claim] = await tx.query<ClaimRow>(
    `update claims set state = 'released' where hold_id = $1 and state in ('held', 'confirmed')
     returning hold_id, bus, departure_at, seat`,
    [holdId],
  );
  return claim && { trip: { bus: claim.bus, departureAt: claim.departure_at }, seat: claim.seat };
}

export async function isConfirmed(tx: Queries, holdId: string): Promise<boolean> {
  return (await tx.query(`select from claims where hold_id = $1 and state = 'confirmed'`, [holdId])).length > 0;
}

export async function holdExists(tx: Queries, holdId: string): Promise<boolean> {
  return (await tx.query(`select from claims where hold_id = $1`, [holdId])).length > 0;
}
