/**
 * Loaded into each thread of a worker before its code (`node --expose-gc --import`). At SIGHUP all threads collect their garbage,
 * so that only used memory is measured. (SIGUSR2 would be the usual signal, but for the SDK's runtime it means stop.)
 */
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const channel = new BroadcastChannel('bench-collect-garbage');
// @types/node has only the type of browsers.
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
