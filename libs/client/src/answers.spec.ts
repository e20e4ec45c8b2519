import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { workerAnswer } from './answers.ts';
import { RunNotFound, Unavailable } from './errors.ts';
import { Temporal } from './temporal.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Says nothing to any call, until its time is over. */
class SilentTemporal extends Temporal {
  override call<T>(what: string, deadlineMs: number): Promise<T> {
    return new Promise((_resolve, reject) => setTimeout(() => reject(new Unavailable(what, undefined)), deadlineMs));
  }
}

/** Answers at once. That there is no such run is an answer, too. */
class AnsweringTemporal extends Temporal {
  override call<T>(): Promise<T> {
    return Promise.reject(new RunNotFound('parcel-1'));
  }
}

/** Asks a worker that needs so long, and notes what comes of it. */
function ask(temporal: Temporal, workerMs: number) {
  const told: unknown[] = [];
  const worker = () => new Promise<string>((resolve) => setTimeout(() => resolve('delivered'), workerMs));
  const note = (answer: unknown) => void told.push(answer);
  void workerAnswer('update "deliver"', 'parcel-1', temporal, worker).then(note, note);
  return told;
}

const hourMs = 3_600_000;

test('that Temporal is silent is known after three seconds, however long the worker may take', async () => {
  const told = ask(new SilentTemporal({}), hourMs);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toEqual([expect.any(Unavailable)]);
});

test('a worker has its time while Temporal answers', async () => {
  const told = ask(new AnsweringTemporal({}), hourMs);
  await vi.advanceTimersByTimeAsync(hourMs - 1);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual(['delivered']);
});

test('what is answered soon needs no look at Temporal', async () => {
  const told = ask(new SilentTemporal({}), 1_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told).toEqual(['delivered']);
  await vi.advanceTimersByTimeAsync(hourMs);
  expect(vi.getTimerCount()).toBe(0);
});
