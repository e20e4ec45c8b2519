import type { Money } from '../../values.ts';

export interface Trip {
  readonly bus: string;
  readonly departureAt: string;
}

/** The price of a seat for one user, valid for one hold until it expires. */
export interface Quote {
  readonly quoteId: string;
  readonly user: string;
  readonly trip: Trip;
  readonly segment: { readonly from: string; readonly to: string };
  readonly fare: Money;
  readonly expiresAt: string;
}

/** What the booking service and fleet did for a booking. `existed: false`: the undo found nothing to reverse. */
export type BookingEffect =
  | ({ readonly effect: 'quote-made' } & Quote)
  | {
      readonly effect: 'seat-held';
      readonly holdId: string;
      readonly quoteId: string;
      readonly trip: Trip;
      readonly seat: string;
      readonly user: string;
      readonly expiresAt: string;
    }
  | { readonly effect: 'hold-renewed'; readonly holdId: string; readonly expiresAt: string }
  | { readonly effect: 'hold-lapsed'; readonly holdId: string; readonly trip: Trip; readonly seat: string }
  | {
      readonly effect: 'seat-released';
      readonly holdId: string;
      readonly trip: Trip | null;
      readonly seat: string | null;
      readonly existed: boolean;
    }
  | {
      readonly effect: 'booking-confirmed';
      readonly bookingId: string;
      readonly holdId: string;
      readonly chargeId: string;
      readonly trip: Trip;
      readonly seat: string;
      readonly user: string;
      readonly fare: Money;
      readonly reference: string;
    }
  | { readonly effect: 'booking-cancelled'; readonly bookingId: string; readonly existed: boolean }
  | { readonly effect: 'passenger-listed'; readonly bookingId: string; readonly trip: Trip; readonly seat: string }
  | {
      readonly effect: 'passenger-removed';
      readonly bookingId: string;
      readonly trip: Trip;
      readonly existed: boolean;
    };

export interface SeatClaim {
  readonly holdId: string;
  readonly trip: Trip;
  readonly seat: string;
  readonly state: 'held' | 'confirmed';
  readonly expiresAt: string | null;
}

/** The tables of the booking service and of fleet. */
export interface BookingTables {
  /** Claims that exist when the evidence is collected. */
  readonly claims: readonly SeatClaim[];
  readonly capacity: readonly { readonly trip: Trip; readonly seats: number }[];
  readonly manifests: readonly { readonly trip: Trip; readonly bookingId: string; readonly seat: string }[];
}

export const bookingServices = ['booking', 'fleet'] as const;
