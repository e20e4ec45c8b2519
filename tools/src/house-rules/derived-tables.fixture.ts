import { format, resolveConfig } from 'prettier';
import { at, read } from './repository.fixture.ts';

type Row = readonly string[];

/**
 * The expected text of a page: the rows of one table are replaced by `rows`. `first` matches the rows of this table. A run with
 * `-u` writes it.
 */
export async function withRows(page: string, first: RegExp, rows: readonly Row[]): Promise<string> {
  const lines = read(page).split('\n');
  const begin = lines.findIndex((line) => first.test(line));
  if (begin < 0) throw new Error(`No row of ${page} begins with ${String(first)}`);
  const count = lines.slice(begin).findIndex((line) => !first.test(line));
  lines.splice(begin, count, ...rows.map((row) => `| ${row.join(' | ')} |`));
  const config = await resolveConfig(at(page));
  return format(lines.join('\n'), { ...config, filepath: page });
}

export const inCode = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ') || '–';
