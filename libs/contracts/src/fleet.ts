import { z } from 'zod';
import type { StepCall } from './contract.ts';
import { Moment } from './values.ts';

/** A trip is one bus leaving at one time. */
export const Trip = z.object({ bus: z.string(), departureAt: Moment });
export type Trip = z.infer<typeof Trip>;

export interface ManifestEntry {
  readonly trip: Trip;
  readonly bookingId: string;
  readonly seat: string;
}

export type ManifestAnswer =
  | { readonly status: 'listed' }
  | { readonly status: 'refused'; readonly reason: 'trip-closed' | 'trip-cancelled' | 'trip-full' };

/** What the fleet worker does for other domains, as activities on the queue `fleet`. */
export interface ManifestActivities {
  /** Keyed: the same key lists the passenger once. */
  addToManifest(call: StepCall, entry: ManifestEntry): Promise<ManifestAnswer>;
  /** Keyed, and leaves a mark: an `addToManifest` of the same booking that comes later is refused. */
  takeOffManifest(call: StepCall, entry: Omit<ManifestEntry, 'seat'>): Promise<void>;
}
