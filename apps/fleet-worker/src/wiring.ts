import { Queue } from '@longhaul/contracts';
import type { Values } from '@longhaul/process-kit';
import { createHttp, fleetService } from '@longhaul/service-clients';
import { callContext, type Kit } from '@longhaul/worker-kit';
import { fleetActivities } from './activities.ts';
import type { variables } from './config.ts';

/** The activities of this worker on its queue, with the services from the environment. */
export const wiring = {
  [Queue.fleet]: (environment: Values<typeof variables>, { observe }: Kit) => {
    const { FLEET_SERVICE_URL: baseUrl, SERVICE_TIMEOUT_MS: timeoutMs } = environment;
    const fleet = fleetService(createHttp({ service: 'fleet', baseUrl, timeoutMs, observe }));
    return fleetActivities({ fleet, context: callContext });
  },
};
