import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readEnvironment, type Variables } from '@longhaul/process-kit';
import type { Kit } from '@longhaul/worker-kit';
import { bundleOf } from './bundle-of.ts';
import type { WorkerUnderTest } from './house.ts';
import { apps, queuesOf, repository, type Domain } from './processes/apps.ts';

/** The activities of a worker's queues, each from the worker's environment: what its `wiring.ts` exports. */
export type Wiring = Readonly<Record<string, (environment: never, kit: Kit) => object>>;

export interface WorkersOptions {
  /** In the place of what the worker's own wiring does for these queues. */
  readonly wiring?: Wiring;
  /** How long a call waits for its answer, in milliseconds. Default: 700, so that one without an answer is given up soon. */
  readonly timeoutMs?: number;
  /** Activities at a time, on each queue. Default: the SDK's 100. */
  readonly slots?: number;
}

/** A worker as its `main.ts` wires it, for each of its queues, at the sandbox: with the environment of a laptop. */
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

/** The same, with other steps in the place of some on one queue. */
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

/** No package imports an app: only here, by the registry, so that one worker's specs can have another at their side. */
async function load<Exports>(domain: Domain, file: string): Promise<Exports> {
  return (await import(/* @vite-ignore */ sourceOf(domain, file).href)) as Exports;
}
