import type { TourCase } from './cases.ts';

export interface Row {
  readonly tourCase: TourCase;
  readonly happened: string;
  readonly asItShould: boolean;
  readonly links: readonly string[];
}

/** What was asked, what happened, whether it should have, and where to look at it. */
export function printTable(rows: readonly Row[], write: (line: string) => void = console.log): void {
  const columns = [
    ['Asked', ...rows.map(({ tourCase }) => tourCase.asked)],
    ['Happened', ...rows.map(({ happened }) => happened)],
  ];
  const widths = columns.map((cells) => Math.max(...cells.map((cell) => cell.length)));
  const line = (...cells: string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  write('');
  write(`${line('Asked', 'Happened')}  As it should`);
  write('-'.repeat(widths.reduce((sum, width) => sum + width + 2, 12)));
  for (const { tourCase, happened, asItShould, links } of rows) {
    write(`${line(tourCase.asked, happened)}  ${asItShould ? 'yes' : `NO: expected ${tourCase.expected}`}`);
    for (const link of links) write(`    ${link}`);
  }
  write('');
}
