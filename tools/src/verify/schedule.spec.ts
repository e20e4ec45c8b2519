import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runSteps } from './schedule.ts';
import type { Step, Verdict } from './steps.ts';

beforeEach(() => void vi.spyOn(console, 'log').mockReturnValue());
afterEach(() => void vi.restoreAllMocks());

const step = (name: string, rest: Partial<Step> = {}): Step => ({ name, about: '', work: { command: [] }, ...rest });
const good: Verdict = { passed: 1, failures: [] };

/** A run whose steps end when the spec ends them; `begun` lists the started steps. */
function underWay(steps: readonly Step[]) {
  const begun: string[] = [];
  const ends = new Map<string, (verdict: Verdict) => void>();
  const outcomes = runSteps(steps, ({ name }) => {
    begun.push(name);
    return new Promise((resolve) => ends.set(name, resolve));
  });
  const end = async (name: string, verdict = good): Promise<void> => {
    ends.get(name)!(verdict);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, end, outcomes };
}

it('uses two cores: two steps with one core each or one with two, and any steps without cores', async () => {
  const run = underWay([
    step('servers', { cores: 0 }),
    step('lint'),
    step('types'),
    step('format'),
    step('build', { cores: 2 }),
  ]);
  expect(run.begun).toEqual(['servers', 'lint', 'types']);
  await run.end('types');
  expect(run.begun.slice(3)).toEqual(['format']);
  await run.end('format');
  expect(run.begun.slice(4)).toEqual([]);
  await run.end('lint');
  expect(run.begun.slice(4)).toEqual(['build']);
});

it('starts a step after the steps that it needs, and skips it if one of them failed', async () => {
  const run = underWay([step('servers', { cores: 0 }), step('spec'), step('int', { needs: ['servers'] })]);
  expect(run.begun).toEqual(['servers', 'spec']);
  await run.end('servers', { passed: 0, failures: ['servers'] });
  await run.end('spec');
  expect(run.begun).toEqual(['servers', 'spec']);
  const outcomes = await run.outcomes;
  expect(outcomes.map(({ failures }) => failures)).toEqual([
    ['servers'],
    [],
    ['int was not tried, because servers failed'],
  ]);
});

it('does not wait for a step that was left out', async () => {
  const run = underWay([step('int', { needs: ['build'] })]);
  await run.end('int');
  expect((await run.outcomes).map(({ passed }) => passed)).toEqual([1]);
});
