import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyTree, type CopiedTree } from '../copied-tree.ts';
import type { Mutant } from './mutant.ts';
import { mutants } from './mutants.ts';

// Each known defect is made in a copy of the tree, and the gate's own specs have to see it: they are tried, not the code.
const repository = resolve(import.meta.dirname, '../../..');

/** One for each defect that is tried at a time. */
const trees: CopiedTree[] = [];
beforeAll(() => {
  trees.push(copyTree(repository), copyTree(repository), copyTree(repository));
});
afterAll(() => trees.forEach((tree) => tree.remove()));

describe('a defect is seen by the gate', () => {
  const named = mutants.map((mutant) => [mutant.defect, mutant] as const);

  it('and without one nothing is red', async () => {
    for (const price of ['spec', 'int'] as const) {
      const { seenBy } = mutants.find((mutant) => mutant.seenBy.price === price)!;
      expect(await failedSpecs(trees[0]!, seenBy)).toEqual([]);
    }
  });

  it.concurrent.for(named)(
    '%s',
    { timeout: 300_000 },
    async ([, { file, find, replace, seenBy }], { expect: here }) => {
      const tree = trees.pop();
      if (!tree) throw new Error('More defects at a time than copies of the tree');
      const path = join(tree.folder, file);
      const sound = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        sound.replace(find, () => replace),
      );
      try {
        here(await failedSpecs(tree, seenBy)).not.toEqual([]);
      } finally {
        writeFileSync(path, sound);
        trees.push(tree);
      }
    },
  );
});

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** The names of the specs that failed. A file that could not be loaded has none: it has seen nothing. */
async function failedSpecs(tree: CopiedTree, { price, file }: Mutant['seenBy']): Promise<string[]> {
  const report = join(tree.folder, 'report.json');
  const args = ['run', file, '--bail=1', '--reporter=json', `--outputFile=${report}`];
  await promisify(execFile)(join(tree.folder, 'node_modules/.bin/vitest'), args, {
    cwd: tree.folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PRICE: price },
    maxBuffer: 64 * 1_024 * 1_024,
  }).catch(() => undefined);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => fullName);
}
