import { variable, wholeNumber } from '@longhaul/process-kit';
import { runWorker } from './run-worker.ts';

/** A worker process without workflows: one activity on its queue, and one on a queue with few slots. */
await runWorker({
  name: 'echo-worker',
  queue: 'echo',
  variables: { SLOW_ECHOES: variable(wholeNumber(1, 10).default(1), 'slow echoes at a time') },
  activities: () => ({ echo: (text: string) => Promise.resolve(text) }),
  activityQueues: [
    {
      queue: 'slow-echo',
      slots: ({ SLOW_ECHOES }) => SLOW_ECHOES,
      // Returns the answer of a server that the spec controls.
      activities: () => ({ echoOf: async (url: string) => (await fetch(url)).text() }),
    },
  ],
});
