import { parseArgs } from 'node:util';
import { steps, type Step } from './steps.ts';

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm test                          everything, as CI does
npm test -- --only spec,int       only these steps
npm test -- --except e2e          all but these

${steps.map(({ name, about }) => `  ${name.padEnd(10)}${about}`).join('\n')}`;

/** The steps that the arguments choose. The steps that they need are not added, because they may be done already. */
export function chosenSteps(args: readonly string[]): readonly Step[] {
  const { only, except } = parse(args);
  return steps.filter(({ name }) => (only.length === 0 || only.includes(name)) && !except.includes(name));
}

function parse(args: readonly string[]): { only: readonly string[]; except: readonly string[] } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { only: { type: 'string' }, except: { type: 'string' } },
    });
    return { only: names('only', values.only), except: names('except', values.except) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function names(option: string, list: string | undefined): string[] {
  if (list === undefined) return [];
  const known = steps.map(({ name }) => name);
  const given = list.split(',').map((name) => name.trim());
  const strange = given.filter((name) => !known.includes(name));
  if (strange.length > 0) throw new UsageError(`--${option}: unknown step [${strange.join(', ')}]`);
  return given;
}
