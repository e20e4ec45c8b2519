import { describe, expect, it } from 'vitest';
import { median, pairedRatios, percentile, spreadOf } from './statistics.ts';

const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

describe('a percentile', () => {
  it.each([
    [50, 50],
    [99, 99],
    [100, 100],
    [0, 1],
  ])('of %i % among 1 to 100 in any order is the value at that rank [%i]', (percent, value) => {
    expect(percentile(oneToHundred, percent)).toBe(value);
  });

  it('is one of the measured values, never interpolated', () => {
    expect(percentile([10, 20], 50)).toBe(10);
    expect(percentile([10, 20], 51)).toBe(20);
  });

  it('of no values is an error', () => {
    expect(() => percentile([], 50)).toThrow('no values');
  });
});

describe('a spread', () => {
  it('has minimum, median and maximum', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
  });

  it('has the mean of the two middle values as the median of an even number', () => {
    expect(median([1, 2, 4, 100])).toBe(3);
  });
});

describe('the ratio of two contestants', () => {
  it('is computed per round, so that a slow minute affects both', () => {
    expect(pairedRatios([10, 5, 20], [10, 5, 20])).toEqual({ min: 1, median: 1, max: 1 });
    expect(pairedRatios([20, 10], [10, 10])).toEqual({ min: 1, median: 1.5, max: 2 });
  });

  it('is an error if the numbers of rounds differ', () => {
    expect(() => pairedRatios([1], [1, 2])).toThrow('[1 against 2]');
  });
});
