import { expect, it } from 'vitest';
import { eachSample, type CpuProfile } from './read-profile.ts';

const callFrame = (functionName: string) => ({ functionName, url: '', lineNumber: 0, columnNumber: 0 });

const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: callFrame('(root)'), children: [2] },
    { id: 2, callFrame: callFrame('outer'), children: [3] },
    { id: 3, callFrame: callFrame('inner') },
  ],
  startTime: 1_000,
  samples: [2, 3, 3, 2],
  timeDeltas: [0, 100, 50, 25],
};

function samplesIn(fromUs: number, toUs: number): [string, number][] {
  const seen: [string, number][] = [];
  eachSample(profile, { fromUs, toUs }, (stack, us) =>
    seen.push([stack.map(({ functionName }) => functionName).join(' < '), us]),
  );
  return seen;
}

it('a sample counts for the time until the next one, with its callers from the inside out', () => {
  expect(samplesIn(0, 10_000)).toEqual([
    ['outer < (root)', 100],
    ['inner < outer < (root)', 50],
    ['inner < outer < (root)', 25],
    ['outer < (root)', 0],
  ]);
});

it('samples before and after the load do not count', () => {
  expect(samplesIn(1_100, 1_150)).toEqual([['inner < outer < (root)', 50]]);
});
