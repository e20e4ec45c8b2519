import { elapsed } from '@longhaul/testing/servers';
import { chosenStages, usage, UsageError } from './choice.ts';
import { runStep } from './run-step.ts';
import type { Step, Verdict } from './steps.ts';

/** Everything that CI runs, step for step: it is CI's only command. Goes on after a failure and names all at the end. */
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    return await verify(chosenStages(args));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

async function verify(stages: readonly (readonly Step[])[]): Promise<number> {
  const names = stages.flat().map(({ name }) => name);
  console.log(`Verifying: ${names.join(', ')}`);
  const startedAt = Date.now();
  const verdicts = new Map<string, Verdict>();
  for (const stage of stages) {
    await Promise.all(
      stage.map(async (step) => verdicts.set(step.name, await tell(step, verdicts, stage.length === 1))),
    );
  }
  return summary(verdicts, Date.now() - startedAt);
}

async function tell(step: Step, verdicts: ReadonlyMap<string, Verdict>, aloud: boolean): Promise<Verdict> {
  const missing = step.needs?.find((name) => (verdicts.get(name)?.failures.length ?? 0) > 0);
  if (missing) {
    console.log(`✗ ${step.name}: not tried, because ${missing} failed`);
    return { passed: 0, failures: [`${step.name} was not tried, because ${missing} failed`] };
  }
  if (aloud) console.log(`\n— ${step.name}: ${step.about}`);
  const startedAt = Date.now();
  const verdict = await runStep(step, aloud);
  const mark = verdict.failures.length === 0 ? '✓' : '✗';
  const count = verdict.passed > 1 ? `, ${verdict.passed} passed` : '';
  console.log(`${mark} ${step.name}: ${step.about} (${elapsed(Date.now() - startedAt)}${count})`);
  return verdict;
}

function summary(verdicts: ReadonlyMap<string, Verdict>, tookMs: number): number {
  const all = [...verdicts.values()];
  const failures = all.flatMap((verdict) => verdict.failures);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
  const passed = all.reduce((sum, verdict) => sum + verdict.passed, 0);
  console.log(`\nIt took ${elapsed(tookMs)}.`);
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}
