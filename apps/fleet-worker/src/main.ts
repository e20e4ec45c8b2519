import { Queue } from '@longhaul/contracts';
import { runWorker } from '@longhaul/worker-kit';
import { variables } from './config.ts';
import { wiring } from './wiring.ts';

await runWorker({
  name: 'fleet-worker',
  queue: Queue.fleet,
  variables,
  activities: wiring.fleet,
});
