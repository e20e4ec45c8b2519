import type { TourCase } from './case.ts';

export interface Row {
  readonly tourCase: TourCase;
  readonly happened: string;
  readonly asItShould: boolean;
  readonly links: readonly string[];
}

/** The width in a log, where it is not limited by a terminal. */
const widthOfLogs = 200;

/** Prints the request and outcome of each case, whether it was expected, and a link. */
export function printTable(
  rows: readonly Row[],
  write: (line: string) => void = console.log,
  width: number = process.stdout.columns || widthOfLogs,
): void {
  if (rows.length === 0) return;
  const askedWidth = Math.max(...rows.map(({ tourCase }) => tourCase.asked.length));
  const happenedWidth = Math.max(...rows.map(({ happened }) => happened.length));
  const inColumns = 'As it should  '.length + askedWidth + 2 + happenedWidth <= width;
  write(inColumns ? `\nAs it should  ${'Asked'.padEnd(askedWidth)}  Happened` : '\nAs it should  Asked, happened');
  write('-'.repeat(Math.min(width, 14 + askedWidth + 2 + happenedWidth)));
  for (const { tourCase, happened, asItShould, links } of rows) {
    const verdict = (asItShould ? 'yes' : 'NO').padEnd(14);
    if (inColumns) write(`${verdict}${tourCase.asked.padEnd(askedWidth)}  ${happened}`);
    else [`${verdict}${tourCase.asked}`, `${' '.repeat(14)}→ ${happened}`].forEach((line) => write(line));
    if (!asItShould) write(`${' '.repeat(14)}expected: ${tourCase.expected}`);
    for (const link of links) write(`    ${link}`);
  }
  write('');
}
