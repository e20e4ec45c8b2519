import { pino } from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { refusalLog } from './refusals.ts';
import { unlessRepeated, type UnlessRepeated } from './repeats.ts';

let nowMs = 0;
const clock = () => nowMs;
beforeEach(() => {
  nowMs = 0;
});

describe('work with a name', () => {
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

  test('is not repeated soon after it was done', async () => {
    await once('one', work('one'));
    nowMs = 59_999;
    await once('one', work('one'));
    expect(done).toEqual(['one']);
  });

  test('is done again after a minute', async () => {
    await once('one', work('one'));
    nowMs = 60_000;
    await once('one', work('one'));
    expect(done).toEqual(['one', 'one']);
  });

  test('is done if only work with another name was done', async () => {
    await once('one', work('one'));
    await once('other', work('other'));
    expect(done).toEqual(['one', 'other']);
  });

  test('is joined while it is in progress, and then fails for all who wait', async () => {
    let fail: (why: Error) => void = () => undefined;
    const first = once('one', () => new Promise((_resolve, reject) => (fail = reject)));
    const second = once('one', work('one'));
    fail(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await expect(second).rejects.toThrow('no');
    expect(done).toEqual([]);
  });

  test('is done again at once if it failed', async () => {
    await expect(once('one', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await once('one', work('one'));
    expect(done).toEqual(['one']);
  });

  test('is forgotten if too much other work was done since', async () => {
    await once('first', work('first'));
    for (let number = 0; number < 9_999; number += 1) await once(String(number), () => Promise.resolve());
    await once('9998', work('9998'));
    expect(done).toEqual(['first']);
    await once('first', work('first'));
    expect(done).toEqual(['first', 'first']);
  });
});

test('refusals are logged once a minute, with their number since the last line', () => {
  const logged: { refused: number }[] = [];
  const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line) as { refused: number }) });
  const refused = refusalLog(log, clock);
  for (nowMs = 0; nowMs < 120_000; nowMs += 1_000) refused('c-1');
  expect(logged.map((line) => line.refused)).toEqual([1, 60]);
  refused('c-1');
  expect(logged.map((line) => line.refused)).toEqual([1, 60, 60]);
});
