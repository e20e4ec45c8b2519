import { describe, expect, it } from 'vitest';
import { readMemo } from './memo.ts';

const memo = { inputDigest: 'd'.repeat(64), owner: 'o'.repeat(64), correlationId: 'c-1', fastPath: false };

describe('the memo of a run', () => {
  it('is read as it was written', () => {
    expect(readMemo(memo)).toEqual(memo);
  });

  it('can be read whoever started the run; missing fields are left out', () => {
    expect(readMemo({})).toEqual({ fastPath: true });
    expect(readMemo({ note: 'x'.repeat(20_000) })).toEqual({ fastPath: true });
  });

  it.each([['x'.repeat(20_000)], ['two words'], [''], [7], [null]])(
    'with a correlation id that is invalid in a header can be read without it (%.20j)',
    (correlationId) => {
      expect(readMemo({ ...memo, correlationId })).toEqual({ ...memo, correlationId: undefined });
    },
  );

  it('with an invalid switch has the default of the switch', () => {
    expect(readMemo({ ...memo, fastPath: 'no' }).fastPath).toBeUndefined();
  });
});
