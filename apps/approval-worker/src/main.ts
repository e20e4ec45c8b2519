import { Queue } from '@longhaul/contracts';
import { runWorker } from '@longhaul/worker-kit';
import { variables } from './config.ts';
import { wiring } from './wiring.ts';

await runWorker({
  name: 'approval-worker',
  queue: Queue.approval,
  variables,
  workflows: {
    bundle: new URL('./workflows.js', import.meta.url),
    tracedBundle: new URL('./workflows.traced.js', import.meta.url),
  },
  activities: wiring[Queue.approval],
});
