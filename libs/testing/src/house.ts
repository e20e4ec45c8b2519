import type { InputOf, WorkflowContract } from '@longhaul/contracts';
import { startSandbox, type Sandbox, type CallNotice } from '@longhaul/sandbox';
import { stepInterceptors } from '@longhaul/worker-kit';
import { bundleWorkflows } from '@longhaul/worker-kit/bundle';
import type { CallerAnswer } from '@longhaul/sandbox/checker';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker, type ActivityInterceptorsFactory } from '@temporalio/worker';
import { CallHooks } from './call-hooks.ts';
import { adoptChildren, judge } from './judge.ts';
import { createTimeSkipping, startDevServer } from './servers/index.ts';
import { freeClock, unlockAfterOrphans } from './skipping-clock.ts';
import { startRun, type StartOptions } from './start-run.ts';
import { untilAtRest } from './waiting.ts';

/** What a worker under test reaches: the sandbox's services, and the server it works for. */
export interface Surroundings {
  readonly urls: Sandbox['urls'];
  readonly client: Client;
}

export interface WorkerUnderTest {
  readonly queue: string;
  /** The workflows' bundled code, made by `bundleOf`. Left out by a worker that only does activities. */
  readonly bundle?: string;
  readonly activities: (surroundings: Surroundings) => object;
}

/** Each spec of a workflow runs in both: a replay at each task finds what a cached workflow hides. */
export const runModes = ['cached', 'replayed'] as const;
export type RunMode = (typeof runModes)[number];

/** `url` is the folder's `index.ts`: `new URL('./index.ts', import.meta.url)`. */
export function bundleOf(url: URL): Promise<string> {
  return bundleWorkflows({ workflowsPath: url.pathname });
}

/**
 * `time-skipping` lets days pass in a moment. `real` is Temporal's dev server: the time-skipping one loses a run whose
 * cancel crosses the end of a regular activity (`ACTIVITY_UNKNOWN`), so cancels in the middle of things are tried there.
 */
export type ServerKind = 'time-skipping' | 'real';

/** A Temporal server with time skipping, the sandbox on that server's clock, and workers: one process, one port each. */
export class House {
  readonly environment: TestWorkflowEnvironment;
  readonly sandbox: Sandbox;
  readonly started: WorkflowHandle[] = [];
  readonly #answers: CallerAnswer[] = [];
  readonly #close: () => Promise<void>;
  readonly #hooks: CallHooks;

  private constructor(
    environment: TestWorkflowEnvironment,
    sandbox: Sandbox,
    close: () => Promise<void>,
    hooks: CallHooks,
  ) {
    this.environment = environment;
    this.sandbox = sandbox;
    this.#close = close;
    this.#hooks = hooks;
  }

  static async open(
    mode: RunMode,
    workers: readonly WorkerUnderTest[],
    server: ServerKind = 'time-skipping',
    servicesBehindMs = 0,
  ): Promise<House> {
    silenceRuntime();
    const opening = server === 'real' ? realServer() : timeSkippingServer();
    const hooks = new CallHooks();
    const services = startSandbox({
      clock: async () => (await (await opening).environment.currentTimeMs()) - servicesBehindMs,
      onCall: hooks.onCall,
      standStill: async () => standStill((await opening).environment),
    });
    const [{ environment, stop }, sandbox] = await Promise.all([opening, services]);
    const orphans = environment.supportsTimeSkipping ? unlockAfterOrphans(environment) : undefined;
    const interceptors = [stepInterceptors, ...(orphans ? [orphans.interceptor] : [])];
    const running = await Promise.all(
      workers.map((worker) => startWorker(worker, mode, environment, sandbox, interceptors)),
    );
    const close = async (): Promise<void> => {
      for (const { worker } of running) worker.shutdown();
      await Promise.all(running.map(({ ended }) => ended));
      orphans?.stop();
      await sandbox.close();
      await stop();
    };
    return new House(environment, sandbox, close, hooks);
  }

  get client(): Client {
    return this.environment.client;
  }

  /** Once, when the call with this key (or for a read, this route) reaches its service: before the work, or after it. */
  atCall(phase: CallNotice['phase'], call: string, action: () => void | Promise<void>): void {
    this.#hooks.at(phase, call, action);
  }

  /** The calls that were waited for with `atCall` and never came. */
  get callsThatNeverCame(): readonly string[] {
    return this.#hooks.waitedFor;
  }

  async start<C extends WorkflowContract>(contract: C, input: InputOf<C>, options: StartOptions = {}) {
    const { run, answer } = await startRun(this.client, contract, input, options);
    this.started.push(run);
    this.#answers.push(answer);
    return run;
  }

  /** Holds all that happened in this house so far against the invariants. */
  async judge(): Promise<void> {
    await adoptChildren(
      this.started,
      (workflowId) => this.client.workflow.getHandle(workflowId),
      (run) => untilAtRest(run, this.environment),
    );
    await freeClock(this.environment);
    await this.sandbox.sweep();
    await judge(await this.sandbox.evidence(), this.started, this.#answers);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** A clock that skips would be past all deadlines before a slow service has answered: it waits for the service. */
async function standStill({ connection, supportsTimeSkipping }: TestWorkflowEnvironment): Promise<() => Promise<void>> {
  const clock = supportsTimeSkipping ? connection.testService : undefined;
  await clock?.lockTimeSkipping({});
  return async () => {
    await clock?.unlockTimeSkipping({});
  };
}

interface Server {
  readonly environment: TestWorkflowEnvironment;
  readonly stop: () => Promise<void>;
}

async function timeSkippingServer(): Promise<Server> {
  const environment = await createTimeSkipping();
  return { environment, stop: () => environment.teardown() };
}

async function realServer(): Promise<Server> {
  const server = await startDevServer();
  const environment = await TestWorkflowEnvironment.createFromExistingServer({ address: server.address });
  return {
    environment,
    stop: async () => {
      await environment.teardown();
      // Nothing of it is kept.
      await server.kill();
    },
  };
}

async function startWorker(
  { queue, bundle, activities }: WorkerUnderTest,
  mode: RunMode,
  environment: TestWorkflowEnvironment,
  sandbox: Sandbox,
  interceptors: readonly ActivityInterceptorsFactory[],
): Promise<{ worker: Worker; ended: Promise<void> }> {
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: queue,
    activities: activities({ urls: sandbox.urls, client: environment.client }),
    ...(bundle !== undefined && { workflowBundle: { code: bundle } }),
    interceptors: { activity: [...interceptors] },
    maxCachedWorkflows: mode === 'cached' ? 100 : 0,
  });
  return { worker, ended: worker.run() };
}

let silenced = false;

/** The SDK logs each parked run and each retry; a spec's output is its verdicts. LONGHAUL_SPEC_LOG=INFO shows them. */
export function silenceRuntime(): void {
  if (silenced) return;
  silenced = true;
  const level = process.env.LONGHAUL_SPEC_LOG === 'INFO' ? 'INFO' : 'ERROR';
  Runtime.install({ logger: new DefaultLogger(level, silent(level)) });
}

function silent(level: string) {
  return level === 'INFO' ? undefined : () => undefined;
}
