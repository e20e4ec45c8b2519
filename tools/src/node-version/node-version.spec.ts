import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accepts, refusal } from './accepts.mjs';

const repository = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(repository, path), 'utf8').trim();
const { engines, scripts } = JSON.parse(read('package.json')) as {
  engines: { node: string };
  scripts: Record<string, string>;
};

describe('a range of versions', () => {
  const range = '^20.19.0 || ^22.13.0 || >=24.0.0';

  it.each(['20.19.0', '20.20.2', '22.13.0', '22.23.3', '24.0.0', '24.21.0', '26.6.6'])('takes %s', (version) => {
    expect(accepts(range, version)).toBe(true);
  });

  it.each(['16.20.2', '18.20.8', '20.18.3', '21.7.3', '22.12.0', '23.11.0'])('refuses %s', (version) => {
    expect(accepts(range, version)).toBe(false);
  });
});

it('says in one line which Node is needed and which one is running', () => {
  const line = refusal('^20.19.0', '24.21.0', '18.20.8');
  expect(line).toBe(
    'Longhaul needs Node ^20.19.0, and this is Node 18.20.8. Install Node 24.21.0 (.nvmrc) and run npm ci again.',
  );
  expect(refusal('^20.19.0', '24.21.0', '20.19.0')).toBeUndefined();
});

it('accepts the version in the repository, and the running one', () => {
  expect(accepts(engines.node, read('.nvmrc'))).toBe(true);
  const check = join(repository, 'tools/src/node-version/check.mjs');
  expect(execFileSync(process.execPath, ['--import', check, '-e', 'console.log("ran")'], { encoding: 'utf8' })).toBe(
    'ran\n',
  );
});

it('says in one line that nothing is installed yet', () => {
  const clone = mkdtempSync(join(tmpdir(), 'clone-'));
  for (const path of ['package.json', '.nvmrc', 'tools/src/node-version']) {
    cpSync(join(repository, path), join(clone, path), { recursive: true });
  }
  const check = join(clone, 'tools/src/node-version/check.mjs');
  const { status, stderr } = spawnSync(process.execPath, ['--import', check, '-e', ''], { encoding: 'utf8' });
  rmSync(clone, { recursive: true });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'Nothing is installed yet, or not all of it: run npm ci first.\n',
  });
});

it('is loaded first in every command that starts Node', () => {
  const started = Object.values(scripts).filter((script) => script.startsWith('node '));
  const first = 'node --import ./tools/src/node-version/check.mjs ';
  expect(started.filter((script) => !script.startsWith(first))).toEqual([]);
});

it('npm refuses other versions instead of warning', () => {
  expect(read('.npmrc').split('\n')).toContain('engine-strict=true');
});
