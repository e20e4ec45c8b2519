import { Agent } from 'node:http';
import axios, { type AxiosInstance } from 'axios';
import { rideKeyOf, type BookRideInput } from '@longhaul/contracts';

export interface Hold {
  readonly seat: string;
  readonly expiresAt: string;
}

const timeoutMs = 5_000;
const holdTtlSeconds = 600;

/** The five HTTP calls of a booking in plain axios. `key` is the `Idempotency-Key`. */
export function rideCalls(stubUrl: string) {
  const http = (service: string): AxiosInstance =>
    axios.create({
      baseURL: `${stubUrl}/${service}`,
      timeout: timeoutMs,
      httpAgent: new Agent({ keepAlive: true, maxSockets: 256 }),
      proxy: false,
    });
  const [booking, payment, fleet, notification] = ['booking', 'payment', 'fleet', 'notification'].map(http) as [
    AxiosInstance,
    AxiosInstance,
    AxiosInstance,
    AxiosInstance,
  ];
  const post = async <T>(service: AxiosInstance, url: string, body: object, key: string): Promise<T> => {
    const { data } = await service.post<T>(url, body, { headers: { 'idempotency-key': key } });
    return data;
  };
  const tripOf = ({ bus, departureAt }: BookRideInput) => ({ bus, departureAt });
  return {
    holdSeat: (ride: BookRideInput, key: string) => {
      const { user, segment, quoteId, fare } = ride;
      const asked = { user, trip: tripOf(ride), segment, quoteId, fare };
      const body = { holdId: `hold-${rideKeyOf(ride)}`, ...asked, ttlSeconds: holdTtlSeconds };
      return post<Hold>(booking, '/holds', body, key);
    },
    chargeFare: (ride: BookRideInput, key: string) => {
      const { user, fare } = ride;
      const body = { chargeId: `charge-${rideKeyOf(ride)}`, user, fare };
      return post<{ chargeId: string }>(payment, '/charges', body, key);
    },
    confirmBooking: (ride: BookRideInput, key: string) => {
      const rideKey = rideKeyOf(ride);
      const ids = { bookingId: `bk-${rideKey}`, holdId: `hold-${rideKey}`, chargeId: `charge-${rideKey}` };
      return post<{ reference: string }>(booking, '/bookings', { ...ids, fare: ride.fare }, key);
    },
    addToManifest: (ride: BookRideInput, seat: string, key: string) => {
      const body = { trip: tripOf(ride), bookingId: `bk-${rideKeyOf(ride)}`, seat };
      return post<{ bookingId: string }>(fleet, '/manifests/passengers', body, key);
    },
    notifyPassenger: async (ride: BookRideInput, reference: string, seat: string, key: string): Promise<void> => {
      const { from, to } = ride.segment;
      const data = { ...tripOf(ride), from, to, reference, seat };
      await post(notification, '/notices', { user: ride.user, template: 'booking-confirmed', data }, key);
    },
  };
}
