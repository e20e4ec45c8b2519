import { Queue } from '@longhaul/contracts';
import { runWorker } from '@longhaul/worker-kit';
import { variables } from './config.ts';
import { wiring } from './wiring.ts';

await runWorker({
  name: 'payment-worker',
  queue: Queue.payment,
  variables,
  workflows: {
    bundle: new URL('./workflows.js', import.meta.url),
    tracedBundle: new URL('./workflows.traced.js', import.meta.url),
  },
  activities: wiring.payment,
  activityQueues: [
    {
      queue: Queue.paymentDeliveries,
      slots: ({ MAX_CONCURRENT_DELIVERIES }) => MAX_CONCURRENT_DELIVERIES,
      activities: wiring['payment-deliveries'],
    },
  ],
});
