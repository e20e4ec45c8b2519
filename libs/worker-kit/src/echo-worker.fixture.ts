import { variable, wholeNumber } from '@longhaul/process-kit';
import { runWorker } from './run-worker.ts';

/** A worker of its own process: one activity on its queue, another on a queue with few slots, and no workflows. */
await runWorker({
  name: 'echo-worker',
  queue: 'echo',
  variables: { SLOW_ECHOES: variable(wholeNumber(1, 10).default(1), 'slow echoes at a time') },
  activities: () => ({ echo: (text: string) => Promise.resolve(text) }),
  activityQueues: [
    {
      queue: 'slow-echo',
      slots: ({ SLOW_ECHOES }) => SLOW_ECHOES,
      // The echo of a wall that is asked.
      activities: () => ({ echoOf: async (url: string) => (await fetch(url)).text() }),
    },
  ],
});
