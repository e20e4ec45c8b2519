import { pino } from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { refusalLog } from './refusals.ts';
import { unlessRepeated, type UnlessRepeated } from './repeats.ts';

let nowMs = 0;
const clock = () => nowMs;
beforeEach(() => {
  nowMs = 0;
});

describe('a piece of work', () => {
  let done: string[];
  let once: UnlessRepeated;
  const work = (name: string) => () => {
    done.push(name);
    return Promise.resolve();
  };
  beforeEach(() => {
    done = [];
    once = unlessRepeated(clock);
  });

  test('that was done a moment ago is not done again', async () => {
    await once('one', work('one'));
    nowMs = 59_999;
    await once('one', work('one'));
    expect(done).toEqual(['one']);
  });

  test('that was done a minute ago is', async () => {
    await once('one', work('one'));
    nowMs = 60_000;
    await once('one', work('one'));
    expect(done).toEqual(['one', 'one']);
  });

  test('of another name is', async () => {
    await once('one', work('one'));
    await once('other', work('other'));
    expect(done).toEqual(['one', 'other']);
  });

  test('that is under way is waited for, and fails for all who wait', async () => {
    let fail: (why: Error) => void = () => undefined;
    const first = once('one', () => new Promise((_resolve, reject) => (fail = reject)));
    const second = once('one', work('one'));
    fail(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await expect(second).rejects.toThrow('no');
    expect(done).toEqual([]);
  });

  test('that failed is done again at once', async () => {
    await expect(once('one', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await once('one', work('one'));
    expect(done).toEqual(['one']);
  });

  test('is remembered with so many others, and no more', async () => {
    await once('first', work('first'));
    for (let number = 0; number < 9_999; number += 1) await once(String(number), () => Promise.resolve());
    await once('9998', work('9998'));
    expect(done).toEqual(['first']);
    await once('first', work('first'));
    expect(done).toEqual(['first', 'first']);
  });
});

test('refusals are told in one line a minute, with how many there were since the last', () => {
  const logged: { refused: number }[] = [];
  const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line) as { refused: number }) });
  const refused = refusalLog(log, clock);
  for (nowMs = 0; nowMs < 120_000; nowMs += 1_000) refused('c-1');
  expect(logged.map((line) => line.refused)).toEqual([1, 60]);
  refused('c-1');
  expect(logged.map((line) => line.refused)).toEqual([1, 60, 60]);
});
