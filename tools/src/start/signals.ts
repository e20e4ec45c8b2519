import { whenNpmEnds } from '../when-npm-ends.ts';
import type { ProcessGroup } from './process-group.ts';

export interface Interrupted {
  /** Rejects with the first signal. */
  readonly promise: Promise<never>;
  readonly signal: NodeJS.Signals | undefined;
}

/** After Ctrl-C the signal comes twice, from the terminal and from npm. A person is slower than this. */
const sameKeystrokeMs = 400;

/** The first signal stops everything in order, the second one kills it. */
export function listenForSignals(processes: ProcessGroup): Interrupted {
  let first: { signal: NodeJS.Signals; at: number } | undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<never>((_, rejectPromise) => (reject = rejectPromise));
  promise.catch(() => undefined);
  const onSignal = (signal: NodeJS.Signals) => {
    if (!first) {
      first = { signal, at: Date.now() };
      reject(new Error(`Interrupted by ${signal}`));
      console.log('\nStopping everything that was started here. Press Ctrl-C again to kill it at once.');
    } else if (Date.now() - first.at > sameKeystrokeMs) {
      processes.kill();
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal(signal));
  whenNpmEnds(() => !first && onSignal('SIGHUP'));
  return {
    promise,
    get signal() {
      return first?.signal;
    },
  };
}
