import type { Values, Variables } from '@longhaul/process-kit';
import type { CallObservation } from '@longhaul/service-clients';
import type { Client } from '@temporalio/client';
import type { WorkerEnvironment } from './worker-environment.ts';

/** What activities get from their worker. */
export interface Kit {
  /** For activities that send messages to other runs. */
  readonly client: Client;
  /** Counts and times the calls to downstream services. */
  readonly observe: (call: CallObservation) => void;
}

/** Everything that differs between workers. */
export interface WorkerApp<V extends Variables> {
  readonly name: string;
  readonly queue: string;
  readonly variables: V;
  /** The prebuilt workflows, beside the built `main.js`. Left out for a worker with activities only. */
  readonly workflows?: { readonly bundle: URL; readonly tracedBundle: URL };
  readonly activities: Activities<V>;
  /** Further queues with activities only. Each has its own slots, so that slow activities there do not block the main queue. */
  readonly activityQueues?: readonly ActivityQueue<V>[];
}

type Activities<V extends Variables> = (environment: Values<V> & WorkerEnvironment, kit: Kit) => object;

interface ActivityQueue<V extends Variables> {
  readonly queue: string;
  /** The most activities at a time. */
  readonly slots: (environment: Values<V>) => number;
  readonly activities: Activities<V>;
}
