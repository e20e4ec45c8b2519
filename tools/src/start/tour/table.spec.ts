import { describe, expect, it } from 'vitest';
import { cases } from './cases.ts';
import { printTable } from './table.ts';

const [good] = cases;
if (!good) throw new Error('the tour is empty');
const row = { tourCase: good, happened: 'confirmed, seat 1A', links: ['http://127.0.0.1:8233/run'] };

function printed(asItShould: boolean, width: number): string {
  const lines: string[] = [];
  printTable([{ ...row, asItShould }], (line) => lines.push(line), width);
  return lines.join('\n');
}

describe("the tour's table", () => {
  it('shows the request, the outcome and a link, in one line if there is room', () => {
    const table = printed(true, 200);
    expect(table).toContain(`yes           ${good.asked}  confirmed, seat 1A`);
    expect(table).toContain('    http://127.0.0.1:8233/run');
  });

  it('prints nothing when no case could run with the workers that --only chose', () => {
    const lines: string[] = [];
    printTable([], (line) => lines.push(line), 200);
    expect(lines).toEqual([]);
  });

  it('shows the outcome below the request on a narrow terminal', () => {
    expect(printed(true, 60)).toContain(`yes           ${good.asked}\n              → confirmed, seat 1A`);
  });

  it('shows the expected outcome of a failed case', () => {
    expect(printed(false, 200)).toContain(`NO            ${good.asked}`);
    expect(printed(false, 200)).toContain(`expected: ${good.expected}`);
  });
});
