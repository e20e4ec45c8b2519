import type { Trip as TripOf } from '@longhaul/checker';
import { z } from 'zod';
import type { SandboxCore } from '../../core.ts';
import type { Queries } from '../../database/queries.ts';
import { done, operation, refused, type ServiceRoutes } from '../../http/operation.ts';
import { Name, Trip } from '../../values.ts';
import { alreadyUndone, markUndone, open } from './marks.ts';

/** Trips and the drivers' manifests. Each trip has a vehicle with `seatsPerBus` seats. */
export function fleetRoutes({ settings: { seatsPerBus }, typedRefusal }: SandboxCore): ServiceRoutes {
  return {
    operations: [
      operation({
        route: 'POST /manifests/passengers',
        body: z.strictObject({ trip: Trip, bookingId: Name, seat: z.string().regex(/^[1-9]\d?[A-D]$/) }),
        names: ({ trip }) => [trip.bus],
        async work({ body: { trip, bookingId, seat }, tx }) {
          const opened = await open(tx, 'passenger', bookingId);
          if (opened === 'undone') return alreadyUndone('passenger', bookingId);
          const where = `[bus: ${trip.bus}, departure: ${trip.departureAt}]`;
          const refusal = typedRefusal('POST /manifests/passengers', trip.bus);
          if (refusal) return refused(refusal.status, refusal.code, `The manifest takes no passenger ${where}`);
          if (opened === 'known' && (await isListed(tx, bookingId))) {
            return refused(
              409,
              'passenger-exists',
              `The passenger was listed before, under another key [${bookingId}]`,
            );
          }
          const seats = await lockVehicle(tx, trip, seatsPerBus);
          if (!(await list(tx, { trip, bookingId, seat, seats }))) {
            return refused(409, 'trip-full', `The vehicle has no seat left ${where}`);
          }
          return done(201, { bookingId }, [{ effect: 'passenger-listed', bookingId, trip, seat }]);
        },
      }),

      operation({
        route: 'POST /manifests/passengers/:bookingId/removal',
        body: z.strictObject({ trip: Trip }),
        async work({ params: { bookingId = '' }, body: { trip }, tx }) {
          await markUndone(tx, 'passenger', bookingId);
          const removed = await tx.query(
            `delete from manifests where booking_id = $1 and bus = $2 and departure_at = $3 returning booking_id`,
            [bookingId, trip.bus, trip.departureAt],
          );
          const existed = removed.length > 0;
          return done(200, { removed: existed }, [{ effect: 'passenger-removed', bookingId, trip, existed }]);
        },
      }),
    ],
  };
}

/** Locks the vehicle of a trip, and creates it if there is none. Until the transaction ends, other passengers wait. */
async function lockVehicle(tx: Queries, { bus, departureAt }: TripOf, seatsPerBus: number): Promise<number> {
  const [vehicle] = await tx.query<{ seats: number }>(
    `insert into vehicles (bus, departure_at, seats) values ($1, $2, $3)
     on conflict (bus, departure_at) do update set seats = vehicles.seats returning seats`,
    [bus, departureAt, seatsPerBus],
  );
  return vehicle?.seats ?? 0;
}

async function list(
  tx: Queries,
  passenger: { trip: TripOf; bookingId: string; seat: string; seats: number },
): Promise<boolean> {
  const listed = await tx.query(
    `insert into manifests (booking_id, bus, departure_at, seat)
     select $1, $2, $3::timestamptz, $4
     where (select count(*) from manifests where bus = $2 and departure_at = $3::timestamptz) < $5::int
     returning booking_id`,
    [passenger.bookingId, passenger.trip.bus, passenger.trip.departureAt, passenger.seat, passenger.seats],
  );
  return listed.length > 0;
}

async function isListed(tx: Queries, bookingId: string): Promise<boolean> {
  return (await tx.query(`select from manifests where booking_id = $1`, [bookingId])).length > 0;
}
