import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsVariable, type DeepFact } from '@longhaul/testing/deep';
import { elapsed } from '@longhaul/testing/servers';
import { stopWithNpm } from '../when-npm-ends.ts';
import { runSpecs } from '../verify/run-step.ts';
import { newSeed, readOptions, usage, UsageError, type DeepOptions } from './options.ts';
import type { Part } from './parts.ts';
import { inMarkdown, reportOf, type Met } from './report.ts';
import { beginAnew, deepFolder, factsFolder, keep, leftOf, stateBefore, type Done, type State } from './state.ts';

stopWithNpm();
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    return await runDeep(readOptions(args));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

async function runDeep({ parts, seed, minutes, resume }: DeepOptions): Promise<number> {
  const before = resume ? stateBefore() : undefined;
  if (!before) beginAnew();
  if (resume && !before) console.log('There is no run to resume: starting a new one.');
  const state: State = before ?? { seed: seed ?? newSeed(), done: [] };
  keep(state);
  const until = minutes === undefined ? 0 : Date.now() + minutes * 60_000;
  const todo = leftOf(parts, state);
  console.log(`The deep run, seed ${state.seed}: ${todo.map(({ name }) => name).join(', ')}`);
  for (const part of todo) await runPart(part, state.seed, state);

  const chances = parts.filter(({ chance }) => chance);
  for (let repeats = 1; chances.length > 0 && Date.now() < until; repeats += 1) {
    const further = state.seed + repeats;
    for (const part of leftOf(chances, state, further)) if (Date.now() < until) await runPart(part, further, state);
  }
  return conclude(state);
}

async function runPart(part: Part, seed: number, state: State): Promise<void> {
  const place = `${state.done.length + 1}. ${part.name}`;
  console.log(`\n— ${place}: ${part.about}${part.chance ? ` [seed ${seed}]` : ''}`);
  const facts = factsFolder({ part: part.name, seed });
  beginAnew(facts);
  const startedAt = Date.now();
  const { passed, failures } = await runSpecs(part.price, {
    files: part.files ?? [],
    env: { ...part.env, LONGHAUL_SEED: String(seed), [factsVariable]: facts },
    aloud: true,
  });
  state.done.push({ part: part.name, seed, passed, failures: [...failures], tookMs: Date.now() - startedAt });
  keep(state);
  const mark = failures.length === 0 ? '✓' : '✗';
  console.log(`${mark} ${place} (${elapsed(Date.now() - startedAt)}, ${passed} passed, ${failures.length} failed)`);
}

function conclude({ done }: State): number {
  const report = reportOf(done, done.flatMap(met));
  writeFileSync(join(deepFolder, 'report.json'), JSON.stringify(report, null, 2));
  writeFileSync(join(deepFolder, 'report.md'), inMarkdown(report));
  console.log(`\n${inMarkdown(report)}\nIn ${deepFolder}: report.md, report.json`);
  const passed = done.reduce((sum, one) => sum + one.passed, 0);
  const failed = done.reduce((sum, one) => sum + one.failures.length, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function met(by: Done): Met[] {
  const folder = factsFolder(by);
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ by, fact: JSON.parse(line) as DeepFact })),
  );
}
