import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { parts, type Part } from './parts.ts';

export interface DeepOptions {
  readonly parts: readonly Part[];
  /** Undefined if a run is resumed, which has a seed already. */
  readonly seed: number | undefined;
  /** After all parts, those with randomness are repeated with new seeds until this time has passed. */
  readonly minutes: number | undefined;
  /** Resume the last run: with its seed, and only the parts that it has not done. */
  readonly resume: boolean;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm run test:deep                        every part of the product once
npm run test:deep -- --only kills,chaos
npm run test:deep -- --seed 42           the same chances again
npm run test:deep -- --minutes 60        repeats the parts of chance with further seeds
npm run test:deep -- --resume            goes on after a stop

${parts.map(({ name, about, whenNamed }) => `  ${name.padEnd(15)}${about}${whenNamed ? ' (only when it is named)' : ''}`).join('\n')}`;

const largestSeed = 2 ** 31 - 1;

export const newSeed = (): number => randomInt(1, largestSeed);

export function readOptions(args: readonly string[]): DeepOptions {
  const { only, seed, minutes, resume = false } = parsed(args);
  if (resume && seed !== undefined) throw new UsageError('--resume goes on with the seed it had: leave out --seed');
  return {
    parts: only === undefined ? parts.filter(({ whenNamed }) => !whenNamed) : named(only),
    seed: seed === undefined ? (resume ? undefined : newSeed()) : wholeNumber('--seed', seed),
    minutes: minutes === undefined ? undefined : wholeNumber('--minutes', minutes),
    resume,
  };
}

function parsed(args: readonly string[]) {
  try {
    const options = {
      only: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
      resume: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function named(list: string): readonly Part[] {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) throw new UsageError(`--only: unknown part [${unknown.join(', ')}]`);
  return parts.filter(({ name }) => names.includes(name));
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > largestSeed) {
    throw new UsageError(`${option} is no whole number from 1 to ${largestSeed} [${text}]`);
  }
  return number;
}
