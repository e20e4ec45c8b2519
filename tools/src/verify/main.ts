import { elapsed } from '@longhaul/testing/servers';
import { stopWithNpm } from '../when-npm-ends.ts';
import { chosenSteps, usage, UsageError } from './choice.ts';
import { closing } from './closing.ts';
import { runStep } from './run-step.ts';
import { runSteps } from './schedule.ts';
import type { Step, Verdict } from './steps.ts';

/** The only command that CI runs. It continues after a failure, and lists all failures at the end. */
stopWithNpm();
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    return await verify(chosenSteps(args));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

async function verify(steps: readonly Step[]): Promise<number> {
  console.log(`Verifying: ${steps.map(({ name }) => name).join(', ')}`);
  const startedAt = Date.now();
  const outcomes = await runSteps(steps, (step) => tell(step, step.cores === 2 || steps.length === 1));
  console.log(closing(outcomes, Date.now() - startedAt).join('\n'));
  return outcomes.every(({ failures }) => failures.length === 0) ? 0 : 1;
}

/** `aloud`: no other step prints at the same time, so the output is shown at once. */
async function tell(step: Step, aloud: boolean): Promise<Verdict> {
  if (aloud) console.log(`\n— ${step.name}: ${step.about}`);
  const startedAt = Date.now();
  const verdict = await runStep(step, aloud);
  const mark = verdict.failures.length === 0 ? '✓' : '✗';
  const count = verdict.passed > 1 ? `, ${verdict.passed} passed` : '';
  console.log(`${mark} ${step.name}: ${step.about} (${elapsed(Date.now() - startedAt)}${count})`);
  return verdict;
}
