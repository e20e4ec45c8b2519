import { describe, expect, it } from 'vitest';
import { figure, spreadText, table } from './table.ts';

describe('a table', () => {
  it('aligns words to the left and figures to the right', () => {
    expect(
      table(
        ['who', 'runs/s'],
        [
          ['kit', '9.5'],
          ['bare SDK', '10'],
        ],
      ),
    ).toBe(['who       runs/s', '--------  ------', 'kit          9.5', 'bare SDK      10'].join('\n'));
  });

  it('leaves a missing figure blank without moving its neighbours', () => {
    expect(
      table(
        ['a', 'b'],
        [
          ['x', ''],
          ['y', 'word'],
        ],
      )
        .split('\n')
        .slice(2),
    ).toEqual(['x', 'y  word']);
  });
});

describe('a figure', () => {
  it.each([
    [1234.56, '1235'],
    [15.34, '15.3'],
    [0.9512, '0.951'],
    [0.00012, '0.0001'],
    [0, '0'],
  ])('of %d shows the digits that count [%s]', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it('is shown with its spread', () => {
    expect(spreadText({ min: 0.9, median: 1, max: 1.1 })).toBe('1.00 (0.900–1.10)');
  });
});
