import type { Step, Verdict } from './steps.ts';

export interface Outcome extends Verdict {
  readonly step: Step;
  readonly tookMs: number;
}

const cores = 2;

/**
 * Starts the steps in their order, each when its cores are free and the steps that it needs have ended. If one of those has
 * failed, the step is skipped and counts as failed; other failures do not matter.
 */
export async function runSteps(
  steps: readonly Step[],
  run: (step: Step) => Promise<Verdict>,
): Promise<readonly Outcome[]> {
  const outcomes = new Map<string, Outcome>();
  const running = new Map<string, Promise<void>>();
  const used = (): number =>
    steps.filter(({ name }) => running.has(name)).reduce((sum, step) => sum + coresOf(step), 0);
  for (const step of steps) {
    const needed = step.needs?.filter((name) => steps.some((other) => other.name === name)) ?? [];
    const mustWait = (): boolean =>
      used() + coresOf(step) > cores || needed.some((name) => !outcomes.has(name) && running.has(name));
    while (mustWait()) await Promise.race(running.values());
    const missing = needed.find((name) => (outcomes.get(name)?.failures.length ?? 0) > 0);
    const work = missing ? Promise.resolve(notTried(step, missing)) : run(step);
    const startedAt = Date.now();
    const settled = work.then((verdict) => {
      outcomes.set(step.name, { ...verdict, step, tookMs: Date.now() - startedAt });
      running.delete(step.name);
    });
    running.set(step.name, settled);
  }
  await Promise.all(running.values());
  return steps.flatMap(({ name }) => outcomes.get(name) ?? []);
}

function coresOf({ cores: filled = 1 }: Step): number {
  return filled;
}

function notTried({ name }: Step, missing: string): Verdict {
  console.log(`✗ ${name}: not tried, because ${missing} failed`);
  return { passed: 0, failures: [`${name} was not tried, because ${missing} failed`] };
}
