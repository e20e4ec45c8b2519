import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { NativeConnection } from '@temporalio/worker';
import type { DynamicConfig } from '../servers/dynamic-config.ts';
import { prepareNamespace } from '../servers/namespace.ts';
import { sharedTestServer } from './shared-server.ts';
import { StartClock, type RunTime } from './start-clock.ts';

/** A separate namespace on the specs' server, in which runs skip time. */
export interface SpecEnvironment {
  readonly namespace: string;
  readonly client: Client;
  readonly nativeConnection: NativeConnection;
  /** Moves the clock forward for runs that are started afterwards. */
  later(ms: number): void;
  startIn<T>(time: RunTime, start: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openEnvironment(dynamicConfig?: DynamicConfig): Promise<SpecEnvironment> {
  const { address, release } = await sharedTestServer(dynamicConfig);
  const namespace = `spec-${randomUUID()}`;
  const clock = new StartClock();
  await prepareNamespace(address, namespace);
  const environment = await TestWorkflowEnvironment.createFromExistingServer({ address, namespace, plugins: [clock] });
  return {
    namespace,
    client: environment.client,
    nativeConnection: environment.nativeConnection,
    later: (ms) => void (clock.laterMs += ms),
    startIn: (time, start) => clock.startIn(time, start),
    async close() {
      await environment.teardown();
      await release();
    },
  };
}
