import { pathToFileURL } from 'node:url';
import type { Variables } from '@longhaul/process-kit';
import { at } from './repository.fixture.ts';

/** What a file says about the environment: everything that it exports as variables, under one name each. */
export async function variablesIn(path: string): Promise<Variables> {
  const exported = (await import(/* @vite-ignore */ pathToFileURL(at(path)).href)) as Record<string, unknown>;
  return Object.assign(
    {},
    ...Object.entries(exported).flatMap(([name, value]) => (/variables$/i.test(name) ? [value] : [])),
  ) as Variables;
}

/** What a variable is when it is not set, as pages write it; undefined when it has to be set, or is nothing then. */
export function defaultOf(variables: Variables, name: string): string | undefined {
  const { data } = variables[name]!.schema.safeParse(undefined);
  return data === undefined ? undefined : JSON.stringify(data).replaceAll('"', '');
}

export const hasToBeSet = (variables: Variables, name: string): boolean =>
  !variables[name]!.schema.safeParse(undefined).success;
