import type { ManifestActivities, StepCall } from '@longhaul/contracts';
import type { CallContext, FleetService } from '@longhaul/service-clients';

export interface FleetServices {
  readonly fleet: FleetService;
  /** Key, correlation id, trace and cancellation of a step, for its service call. */
  readonly context: (call: StepCall) => CallContext;
}

/** The steps at the driver's manifest, for stories of other domains. */
export function fleetActivities({ fleet, context }: FleetServices): ManifestActivities {
  return {
    addToManifest: (call, entry) => fleet.addPassenger(entry, context(call)),
    takeOffManifest: (call, entry) => fleet.removePassenger(entry, context(call)),
  };
}
