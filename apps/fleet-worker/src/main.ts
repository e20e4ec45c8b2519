import { Queue } from '@longhaul/contracts';
import { createHttp, fleetService } from '@longhaul/service-clients';
import { callContext, runWorker } from '@longhaul/worker-kit';
import { fleetActivities } from './activities.ts';
import { variables } from './config.ts';

await runWorker({
  name: 'fleet-worker',
  queue: Queue.fleet,
  variables,
  activities: ({ FLEET_SERVICE_URL: baseUrl, SERVICE_TIMEOUT_MS: timeoutMs }, { observe }) =>
    fleetActivities({
      fleet: fleetService(createHttp({ service: 'fleet', baseUrl, timeoutMs, observe })),
      context: callContext,
    }),
});
