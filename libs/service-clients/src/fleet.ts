import { z } from 'zod';
import type { CallContext, Http } from './http.ts';
import { refusalsAsValues } from './service-error.ts';
import { Done, type Trip, Text } from './values.ts';

const Listed = z.object({ bookingId: Text }).transform(() => ({ status: 'listed' as const }));

const refused = <Reason extends string>(reason: Reason) => ({ status: 'refused' as const, reason });

/** Trips and the drivers' manifests. */
export function fleetService(http: Http) {
  return {
    addPassenger: (request: { trip: Trip; bookingId: string; seat: string }, context: CallContext) =>
      refusalsAsValues(
        {
          'passenger-exists': { status: 'listed' as const },
          'trip-closed': refused('trip-closed'),
          'trip-cancelled': refused('trip-cancelled'),
          'trip-full': refused('trip-full'),
        },
        http.send('POST /manifests/passengers', Listed, context, { body: request }),
      ),

    /** Can be called before the passenger is added: the service then refuses to add this booking later. */
    removePassenger: (request: { trip: Trip; bookingId: string }, context: CallContext) =>
      http.send('POST /manifests/passengers/:bookingId/removal', Done, context, {
        params: { bookingId: request.bookingId },
        body: { trip: request.trip },
      }),
  };
}
export type FleetService = ReturnType<typeof fleetService>;
