import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readEnvironment, type Variables } from '@longhaul/process-kit';
import type { Kit } from '@longhaul/worker-kit';
import { bundleOf } from './bundle-of.ts';
import type { WorkerUnderTest } from './house.ts';
import { apps, queuesOf, repository, type Domain } from './processes/apps.ts';

/** What a worker's `wiring.ts` exports: for each queue, a function from the environment to the activities. */
export type Wiring = Readonly<Record<string, (environment: never, kit: Kit) => object>>;

export interface WorkersOptions {
  /** Replaces the worker's own wiring for these queues. */
  readonly wiring?: Wiring;
  /** The time-out of service calls, in milliseconds. Default: 700, so that calls without an answer fail soon. */
  readonly timeoutMs?: number;
  /** The most activities at a time on each queue. Default: the SDK's 100. */
  readonly slots?: number;
}

/** A worker as wired by its `main.ts`, for each of its queues, with the environment of a laptop and the sandbox. */
export async function workersOf(
  domain: Domain,
  { wiring: instead = {}, timeoutMs = 700, slots }: WorkersOptions = {},
): Promise<WorkerUnderTest[]> {
  const { variables } = await load<{ variables: Variables }>(domain, 'config.ts');
  const { wiring } = await load<{ wiring: Wiring }>(domain, 'wiring.ts');
  const stories = sourceOf(domain, 'workflows/index.ts');
  const bundle = existsSync(stories) && (await bundleOf(stories));
  return queuesOf(domain).map((queue, number) => ({
    queue,
    activities({ sandbox, client }) {
      const addresses = { temporal: 'not read', gateway: 'not read', sandbox };
      const given = { ...apps[domain].environment(addresses, 0), SERVICE_TIMEOUT_MS: String(timeoutMs) };
      const environment = readEnvironment(variables, given) as never;
      return { ...wiring, ...instead }[queue]!(environment, { client, observe: () => undefined });
    },
    ...(number === 0 && bundle !== false && { bundle }),
    ...(slots !== undefined && { slots }),
  }));
}

/** The same workers, with some steps of one queue replaced. */
export function withSteps<Steps>(
  workers: readonly WorkerUnderTest[],
  queue: string,
  instead: (steps: Steps) => { readonly [Step in keyof Steps]?: unknown },
): WorkerUnderTest[] {
  const changed = (steps: object): object => ({ ...steps, ...instead(steps as Steps) });
  return workers.map((worker) =>
    worker.queue === queue ? { ...worker, activities: (at) => changed(worker.activities(at)) } : worker,
  );
}

function sourceOf(domain: Domain, file: string): URL {
  return pathToFileURL(join(repository, 'apps', `${domain}-worker`, 'src', file));
}

/** The only import of an app by a package, by its registry entry, so that specs of one worker can also start another one. */
async function load<Exports>(domain: Domain, file: string): Promise<Exports> {
  return (await import(/* @vite-ignore */ sourceOf(domain, file).href)) as Exports;
}
