/**
 * Loaded into a worker before its own code (`node --expose-gc --import`), in each of its threads: SIGHUP makes all of
 * them collect their garbage, so that what is left is what is held. The worker itself knows nothing of it.
 * (SIGUSR2 would be the usual choice; the SDK's runtime takes it for a wish to stop.)
 */
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const channel = new BroadcastChannel('bench-collect-garbage');
// @types/node knows it only as the browser's.
(channel as unknown as { unref(): void }).unref();

const collect = (): void => globalThis.gc?.();

if (isMainThread) {
  process.on('SIGHUP', () => {
    channel.postMessage('collect');
    collect();
  });
} else {
  channel.onmessage = collect;
}
