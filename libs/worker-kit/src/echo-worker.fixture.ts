import { runWorker } from './run-worker.ts';

/** A worker of its own process: it does one activity, and no workflows. */
await runWorker({
  name: 'echo-worker',
  queue: 'echo',
  variables: {},
  activities: () => ({ echo: (text: string) => Promise.resolve(text) }),
});
