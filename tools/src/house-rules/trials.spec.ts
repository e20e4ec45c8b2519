import { pathToFileURL } from 'node:url';
import { contracts } from '@longhaul/contracts';
import { readHistories } from '@longhaul/testing/histories';
import { domains, queuesOf } from '@longhaul/testing/processes';
import { describe, expect, it } from 'vitest';
import { at, exists, read, tracked } from './repository.fixture.ts';

interface Trials {
  readonly trials?: Readonly<Record<string, { readonly scenarios: readonly unknown[] }>>;
  /** Contracts whose story is tested by the trial of another contract. */
  readonly sameStory?: Readonly<Record<string, string>>;
}

const workersWithStories = domains.filter((domain) => contracts.some(({ queue }) => queuesOf(domain).includes(queue)));

describe.each(workersWithStories)('the %s worker', (domain) => {
  const app = `apps/${domain}-worker`;
  const fixture = `${app}/src/trials.fixture.ts`;
  const ours = contracts.filter(({ queue }) => queuesOf(domain).includes(queue));

  it('has fault matrix, kill matrix and recorded runs for each workflow of its contracts', async () => {
    const { trials = {}, sameStory = {} } = await trialsIn(fixture);
    const recorded = new Set(readHistories(pathToFileURL(at(`${app}/histories/`))).map(typeOf));
    const missing = ours.flatMap(({ type }) => {
      const tried = sameStory[type] ?? type;
      return [
        ...(trials[tried]?.scenarios.length ? [] : [`${type}: no scenarios in ${fixture}`]),
        ...(calls(app, '.matrix.int.spec.ts', `faultMatrix(trials.${tried})`)
          ? []
          : [`${type}: no *.matrix.int.spec.ts`]),
        ...(calls(app, '.kills.deep.spec.ts', `killMatrix(trials.${tried})`)
          ? []
          : [`${type}: no *.kills.deep.spec.ts`]),
        ...(recorded.has(type) ? [] : [`${type}: no recorded run in ${app}/histories`]),
      ];
    });
    expect(missing).toEqual([]);
  });

  it('replays its recorded runs', () => {
    expect(calls(app, '/replay.spec.ts', 'replaySpec({')).toBe(true);
  });

  it('has no trial without a contract', async () => {
    const { trials = {}, sameStory = {} } = await trialsIn(fixture);
    const types: readonly string[] = ours.map(({ type }) => type);
    expect([...Object.keys(trials), ...Object.keys(sameStory)].filter((type) => !types.includes(type))).toEqual([]);
  });
});

async function trialsIn(path: string): Promise<Trials> {
  return exists(path) ? ((await import(/* @vite-ignore */ pathToFileURL(at(path)).href)) as Trials) : {};
}

function typeOf({ history }: ReturnType<typeof readHistories>[number]): string | undefined {
  const started = history.events[0]?.['workflowExecutionStartedEventAttributes'] as
    { readonly workflowType?: { readonly name?: string } } | undefined;
  return started?.workflowType?.name;
}

/** Whether one of the app's specs of this kind contains this call. */
function calls(app: string, kind: string, call: string): boolean {
  return tracked.some((path) => path.startsWith(`${app}/src/`) && path.endsWith(kind) && read(path).includes(call));
}
