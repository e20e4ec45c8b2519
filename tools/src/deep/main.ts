import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsVariable, type DeepFact } from '@longhaul/testing/deep';
import { elapsed } from '@longhaul/testing/servers';
import { runSpecs } from '../verify/run-step.ts';
import { readOptions, usage, UsageError, type DeepOptions } from './options.ts';
import type { Part } from './parts.ts';
import { inMarkdown, reportOf } from './report.ts';
import { beginAnew, deepFolder, factsFolder, keep, leftOf, stateBefore, type State } from './state.ts';

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
  const state: State = before ?? { seed, done: [] };
  const until = minutes === undefined ? 0 : Date.now() + minutes * 60_000;
  const todo = leftOf(parts, state);
  console.log(`The deep run, seed ${state.seed}: ${todo.map(({ name }) => name).join(', ')}`);
  for (const part of todo) await runPart(part, state.seed, state);

  const chances = parts.filter(({ chance }) => chance);
  for (let further = 1; chances.length > 0 && Date.now() < until; further += 1) {
    for (const part of chances) if (Date.now() < until) await runPart(part, state.seed + further, state);
  }
  return conclude(state);
}

async function runPart(part: Part, seed: number, state: State): Promise<void> {
  const place = `${state.done.length + 1}. ${part.name}`;
  console.log(`\n— ${place}: ${part.about}${part.chance ? ` [seed ${seed}]` : ''}`);
  const startedAt = Date.now();
  const { passed, failures } = await runSpecs(part.price, {
    files: part.files ?? [],
    env: { ...part.env, LONGHAUL_SEED: String(seed), [factsVariable]: factsFolder },
    aloud: true,
  });
  state.done.push({ part: part.name, seed, passed, failures: [...failures], tookMs: Date.now() - startedAt });
  keep(state);
  const mark = failures.length === 0 ? '✓' : '✗';
  console.log(`${mark} ${place} (${elapsed(Date.now() - startedAt)}, ${passed} passed, ${failures.length} failed)`);
}

function conclude({ done }: State): number {
  const report = reportOf(done, factsIn(factsFolder));
  writeFileSync(join(deepFolder, 'report.json'), JSON.stringify(report, null, 2));
  writeFileSync(join(deepFolder, 'report.md'), inMarkdown(report));
  console.log(`\n${inMarkdown(report)}\nIn ${deepFolder}: report.md, report.json`);
  const passed = done.reduce((sum, one) => sum + one.passed, 0);
  const failed = done.reduce((sum, one) => sum + one.failures.length, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function factsIn(folder: string): DeepFact[] {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as DeepFact),
  );
}
