import { pathToFileURL } from 'node:url';
import type { Variables } from '@longhaul/process-kit';
import { at } from './repository.fixture.ts';

/** The environment variables that a file exports. */
export async function variablesIn(path: string): Promise<Variables> {
  const exported = (await import(/* @vite-ignore */ pathToFileURL(at(path)).href)) as Record<string, unknown>;
  return Object.assign(
    {},
    ...Object.entries(exported).flatMap(([name, value]) => (/variables$/i.test(name) ? [value] : [])),
  ) as Variables;
}

/** The default of a variable, as pages write it; undefined if it is required or has no default. */
export function defaultOf(variables: Variables, name: string): string | undefined {
  const { data } = variables[name]!.schema.safeParse(undefined);
  return data === undefined ? undefined : JSON.stringify(data).replaceAll('"', '');
}

export const hasToBeSet = (variables: Variables, name: string): boolean =>
  !variables[name]!.schema.safeParse(undefined).success;
