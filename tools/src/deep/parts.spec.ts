import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tracked } from '../house-rules/repository.fixture.ts';
import { readOptions, UsageError } from './options.ts';
import { parts } from './parts.ts';
import { keep, leftOf, stateBefore } from './state.ts';

describe('the parts of the deep run', () => {
  it('contain every deep spec, and no file that does not exist', () => {
    const deep = tracked.filter((path) => path.endsWith('.deep.spec.ts'));
    const filters = parts.filter(({ price }) => price === 'deep').flatMap(({ files = [] }) => files);
    expect(deep.filter((path) => !filters.some((filter) => path.includes(filter)))).toEqual([]);
    expect(filters.filter((filter) => !deep.some((path) => path.includes(filter)))).toEqual([]);
  });

  it('are chosen by name, by default those of the product, and an unknown name is refused', () => {
    expect(readOptions(['--only', 'chaos, kills']).parts.map(({ name }) => name)).toEqual(['kills', 'chaos']);
    expect(readOptions([]).parts).toEqual(parts.filter(({ name }) => !['mutants', 'generators'].includes(name)));
    expect(readOptions(['--only', 'mutants']).parts.map(({ name }) => name)).toEqual(['mutants']);
    expect(() => readOptions(['--only', 'chaso'])).toThrow(new UsageError('--only: unknown part [chaso]'));
  });

  it('take a seed and a time as integers, and have a new seed by default', () => {
    expect(readOptions(['--seed', '7', '--minutes', '30'])).toMatchObject({ seed: 7, minutes: 30, resume: false });
    expect(readOptions([]).seed).toBeGreaterThan(0);
    for (const bad of [['--seed', 'x'], ['--minutes', '0'], ['--frob']]) {
      expect(() => readOptions(bad)).toThrow(UsageError);
    }
  });

  it('that are done with the same seed are not repeated by a resumed run', () => {
    const done = { part: 'kills', seed: 7, passed: 1, failures: [], tookMs: 1 };
    const some = [{ name: 'kills' }, { name: 'chaos' }];
    expect(leftOf(some, { seed: 7, done: [done] })).toEqual([{ name: 'chaos' }]);
    expect(leftOf(some, { seed: 8, done: [done] })).toEqual(some);
    expect(leftOf(some, { seed: 7, done: [done] }, 8)).toEqual(some);
  });

  it('keep their seed in a resumed run', () => {
    expect(readOptions(['--resume'])).toMatchObject({ resume: true, seed: undefined });
    expect(() => readOptions(['--resume', '--seed', '7'])).toThrow(UsageError);
  });

  it('are stored between runs, and a state that cannot be read is ignored', () => {
    const folder = mkdtempSync(join(tmpdir(), 'longhaul-deep-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    expect(stateBefore(folder)).toBeUndefined();
    const state = { seed: 7, done: [{ part: 'kills', seed: 7, passed: 1, failures: ['one'], tookMs: 1 }] };
    keep(state, folder);
    expect(stateBefore(folder)).toEqual(state);
    writeFileSync(join(folder, 'state.json'), '{"seed":');
    expect(stateBefore(folder)).toBeUndefined();
  });
});
