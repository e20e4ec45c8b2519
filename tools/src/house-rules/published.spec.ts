import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as client from '@longhaul/client';
import { contracts } from '@longhaul/contracts';
import { repository } from '@longhaul/testing/processes';
import { expect, it } from 'vitest';
import { tracked } from './repository.fixture.ts';

/** Other teams see only the README of a package, which npm always includes. */
const read = (path: string) => readFileSync(join(repository, path), 'utf8');

const published = tracked
  .filter((path) => /^libs\/[\w-]+\/package\.json$/.test(path))
  .filter((path) => (JSON.parse(read(path)) as { files?: unknown }).files !== undefined)
  .map((path) => path.replace('/package.json', ''));

it.each(published)('%s has a README for its users', (folder) => {
  const { name } = JSON.parse(read(`${folder}/package.json`)) as { name: string };
  expect(read(`${folder}/README.md`)).toMatch(new RegExp(`^# ${name}\n`));
});

it('the READMEs list every contract and every error of the client', () => {
  const contractsPage = read('libs/contracts/README.md');
  const names = contracts.map(({ type }) => type[0]!.toUpperCase() + type.slice(1));
  expect(names.filter((name) => !contractsPage.includes(`| \`${name}\``))).toEqual([]);

  const clientPage = read('libs/client/README.md');
  const errors = Object.entries(client).flatMap(([name, value]) =>
    typeof value === 'function' && value.prototype instanceof client.LonghaulError ? [name] : [],
  );
  expect(errors.filter((name) => !clientPage.includes(`| \`${name}\``))).toEqual([]);
});
