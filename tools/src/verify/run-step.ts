import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { judgeSpecs } from './spec-results.ts';
import type { Command, Specs, Step, Verdict } from './steps.ts';

const repository = resolve(import.meta.dirname, '../../..');

/** `aloud` shows the output of a step at once; otherwise it is shown only if the step fails. */
export async function runStep(step: Step, aloud: boolean): Promise<Verdict> {
  if (typeof step.work === 'function') return succeeds(step, step.work);
  return 'price' in step.work ? runSpecs(step.work.price, { aloud }) : runCommand(step, step.work, aloud);
}

async function succeeds(step: Step, work: () => Promise<unknown>): Promise<Verdict> {
  try {
    await work();
    return { passed: 1, failures: [] };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failures: [step.name] };
  }
}

async function runCommand(step: Step, { command }: Command, aloud: boolean): Promise<Verdict> {
  const code = await run(command, aloud);
  return code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [`${step.name} (${command.join(' ')})`] };
}

export interface SpecRun {
  /** Parts of the paths of the files to run. Default: all of that price. */
  readonly files?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly aloud: boolean;
}

export async function runSpecs(price: Specs['price'] | 'deep', { files = [], env, aloud }: SpecRun): Promise<Verdict> {
  const results = join(repository, '.local/verify', `${price}.json`);
  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const code = await run(['vitest', 'run', ...reporters, ...files], aloud, { ...env, PRICE: price });
  return judgeSpecs(results, repository, code);
}

/** The exit code. A command that was ended by a signal or could not be started counts as failed. */
function run([name, ...args]: readonly string[], aloud: boolean, env: NodeJS.ProcessEnv = {}): Promise<number> {
  const { promise, resolve: ended } = withResolvers<number>();
  const path = [join(repository, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const child = spawn(name!, args, {
    cwd: repository,
    env: { ...process.env, ...env, PATH: path },
    stdio: ['ignore', aloud ? 'inherit' : 'pipe', aloud ? 'inherit' : 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
  let told: NodeJS.Signals | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    told = signal;
    child.kill(signal);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  child.once('error', (error) => {
    console.error(`Could not start [${name!}]: ${error.message}`);
    ended(1);
  });
  child.once('close', (code) => {
    process.off('SIGTERM', stop);
    process.off('SIGINT', stop);
    // After an interrupt no further step must start.
    if (told) process.exit(130);
    if (code !== 0) process.stdout.write(Buffer.concat(output));
    ended(code ?? 1);
  });
  return promise;
}

/** `Promise.withResolvers` of newer Node versions. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
