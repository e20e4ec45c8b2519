import type { Values, Variables } from '@longhaul/process-kit';
import type { CallObservation } from '@longhaul/service-clients';
import type { Client } from '@temporalio/client';
import type { WorkerEnvironment } from './worker-environment.ts';

/** What a worker hands to its activities. */
export interface Kit {
  /** For activities that talk to other runs. */
  readonly client: Client;
  /** Counts and times the calls to downstream services. */
  readonly observe: (call: CallObservation) => void;
}

/** All that tells one worker from another. */
export interface WorkerApp<V extends Variables> {
  readonly name: string;
  readonly queue: string;
  readonly variables: V;
  /** The prebuilt workflows, beside the built `main.js`. Left out by a worker that only does activities. */
  readonly workflows?: { readonly bundle: URL; readonly tracedBundle: URL };
  readonly activities: Activities<V>;
  /** Further queues, for activities alone. Each has slots of its own, so that what is slow there holds up nothing here. */
  readonly activityQueues?: readonly ActivityQueue<V>[];
}

type Activities<V extends Variables> = (environment: Values<V> & WorkerEnvironment, kit: Kit) => object;

interface ActivityQueue<V extends Variables> {
  readonly queue: string;
  /** Activities at a time. */
  readonly slots: (environment: Values<V>) => number;
  readonly activities: Activities<V>;
}
