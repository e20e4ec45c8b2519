import { expect, it } from 'vitest';
import { runUntilStopped } from './run-until-stopped.ts';

function fakeWorker() {
  let state: 'INITIALIZED' | 'RUNNING' | 'DRAINING' | 'STOPPED' | 'FAILED' = 'INITIALIZED';
  let end = (): void => undefined;
  let fail: (error: Error) => void = () => undefined;
  return {
    getState: () => state,
    run: () =>
      new Promise<void>((resolve, reject) => {
        state = 'RUNNING';
        end = () => {
          state = 'STOPPED';
          resolve();
        };
        fail = (error) => {
          state = 'FAILED';
          reject(error);
        };
      }),
    shutdown: () => {
      if (state !== 'RUNNING') throw new Error(`It is ${state}`);
      state = 'DRAINING';
    },
    end: () => end(),
    fail: (error: Error) => fail(error),
  };
}

function running(stop = new AbortController()) {
  const [one, other] = [fakeWorker(), fakeWorker()];
  const lines: unknown[] = [];
  let ended = false;
  const log = { info: (line: unknown) => void lines.push(line) };
  const end = runUntilStopped([one, other], stop.signal, log as never).finally(() => {
    ended = true;
  });
  return { one, other, end, lines, hasEnded: () => ended, stop: () => stop.abort() };
}

/** Resolves after all resolved promises have been handled. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('a stop drains all queues, and waits for the last of them', async () => {
  const { one, other, end, lines, hasEnded, stop } = running();
  stop();
  expect([one.getState(), other.getState()]).toEqual(['DRAINING', 'DRAINING']);
  one.end();
  await settled();
  expect(hasEnded()).toBe(false);
  other.end();
  await end;
  expect(lines).toHaveLength(1);
});

it.each(['one', 'other'] as const)(
  'a fault of %s queue drains the others, and is the error of the process',
  async (ill) => {
    const workers = running();
    const well = ill === 'one' ? 'other' : 'one';
    workers[ill].fail(new Error('broken'));
    await settled();
    expect(workers[well].getState()).toBe('DRAINING');
    workers[well].end();
    await expect(workers.end).rejects.toThrow('broken');
  },
);

it('workers that are stopped before they begin drain at once', async () => {
  const stop = new AbortController();
  stop.abort();
  const { one, other, end } = running(stop);
  expect([one.getState(), other.getState()]).toEqual(['DRAINING', 'DRAINING']);
  one.end();
  other.end();
  await end;
});
