import { expect, it } from 'vitest';
import { exists, read } from './repository.fixture.ts';

/**
 * Code blocks on these pages begin with the path of the file that they quote; `…` marks omissions. Code that the reader should
 * write begins with `// New` instead.
 */
const pages = ['README.md', 'docs/tour.md'];

const dense = (text: string): string => text.replace(/\s/g, '');

const snippets = pages.flatMap((page) =>
  [...read(page).matchAll(/^ *```ts\n *(.*)\n([\s\S]*?)^ *```$/gm)].map(([, first = '', code = '']) => ({
    page,
    first,
    code,
  })),
);

/** The first part of a quote that is not in the source after the previous parts. */
function missingIn(source: string, code: string): string | undefined {
  let from = 0;
  return code
    .split('…')
    .map(dense)
    .find((part) => {
      const at = source.indexOf(part, from);
      from = at + part.length;
      return at < 0;
    });
}

it('finds the snippets', () => {
  expect(new Set(snippets.map(({ page }) => page))).toEqual(new Set(pages));
});

it.each(snippets.filter(({ first }) => !first.startsWith('// New')))('$page quotes $first as it is', (snippet) => {
  const path = /^\/\/ (\S+\.ts)$/.exec(snippet.first)?.[1] ?? 'no file';
  expect(exists(path), `the first line names a file: "${snippet.first}"`).toBe(true);
  expect(missingIn(dense(read(path)), snippet.code)).toBeUndefined();
});
