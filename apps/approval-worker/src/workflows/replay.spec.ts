import { Queue } from '@longhaul/contracts';
import { replaySpec } from '@longhaul/testing';

replaySpec({
  queue: Queue.approval,
  workflows: new URL('./index.ts', import.meta.url),
  histories: new URL('../../histories/', import.meta.url),
});
