import type { InputOf, WorkflowContract } from '@longhaul/contracts';
import { startSandbox, type Sandbox, type CallNotice } from '@longhaul/sandbox';
import { stepInterceptors } from '@longhaul/worker-kit';
import type { CallerAnswer } from '@longhaul/checker';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { CallHooks, FaultsMet } from './call-hooks.ts';
import { isRecording } from './deep/record.ts';
import type { DynamicConfig } from './servers/dynamic-config.ts';
import { resetRun } from './reset-run.ts';
import type { RunMode } from './run-modes.ts';
import { adoptChildren, judge, recordHouse } from './judge.ts';
import { startRun, type StartOptions } from './start-run.ts';
import { Clocks } from './time/clocks.ts';
import { openEnvironment } from './time/environment.ts';
import type { RunTime } from './time/start-clock.ts';
import { untilAtRest } from './waiting.ts';

/** What a worker under test connects to: the sandbox and the Temporal server. */
interface Surroundings {
  /** The sandbox's URL. */
  readonly sandbox: string;
  readonly client: Client;
}

export interface WorkerUnderTest {
  readonly queue: string;
  /** The bundled workflows, made by `bundleOf`. Left out for a worker with activities only. */
  readonly bundle?: string;
  readonly activities: (surroundings: Surroundings) => object;
  /** The most activities at a time. Default: the SDK's. */
  readonly slots?: number;
}

export interface HouseOptions {
  /** `replayed` replays at each workflow task, to find non-determinism that a cached workflow hides. Default: `cached`. */
  readonly mode?: RunMode;
  /** How far the services' clocks are behind those of the runs, in milliseconds. Holds then lapse sooner. Default: 0. */
  readonly servicesBehindMs?: number;
  /** Starts a separate server with these settings. Default: the server that all specs share. */
  readonly dynamicConfig?: DynamicConfig;
}

export interface HouseStartOptions extends StartOptions {
  /** How time passes in the run. Default: `skips`. */
  readonly time?: RunTime;
}

/** The environment of integration specs: a namespace on a Temporal server, the sandbox and the workers. */
export class House {
  readonly sandbox: Sandbox;
  readonly client: Client;
  readonly started: WorkflowHandle[] = [];
  readonly #clocks: Clocks;
  readonly #answers: CallerAnswer[] = [];
  readonly #close: () => Promise<void>;
  readonly #hooks: CallHooks;
  readonly #met: FaultsMet;

  private constructor(
    client: Client,
    sandbox: Sandbox,
    clocks: Clocks,
    hooks: CallHooks,
    met: FaultsMet,
    close: () => Promise<void>,
  ) {
    this.client = client;
    this.sandbox = sandbox;
    this.#clocks = clocks;
    this.#hooks = hooks;
    this.#met = met;
    this.#close = close;
  }

  static async open(
    workers: readonly WorkerUnderTest[],
    { mode = 'cached', servicesBehindMs = 0, dynamicConfig }: HouseOptions = {},
  ): Promise<House> {
    silenceRuntime();
    const environment = await openEnvironment(dynamicConfig);
    const clocks = new Clocks(environment);
    const hooks = new CallHooks();
    const met = new FaultsMet();
    const sandbox = await startSandbox({
      clock: (call) => clocks.timeOfCall(call) - servicesBehindMs,
      onCall: hooks.onCall,
      onFault: async (call, kind) => {
        met.add(call, kind);
        return kind === 'delay' ? clocks.standStill(call) : undefined;
      },
    });
    const { namespace, nativeConnection, client } = environment;
    const running = await Promise.all(
      workers.map(async ({ queue, bundle, activities, slots }) => {
        const worker = await Worker.create({
          connection: nativeConnection,
          namespace,
          taskQueue: queue,
          activities: activities({ sandbox: sandbox.url, client }),
          ...(bundle !== undefined && { workflowBundle: { code: bundle } }),
          ...(slots !== undefined && { maxConcurrentActivityTaskExecutions: slots }),
          interceptors: { activity: [clocks.runTimes.interceptor, stepInterceptors] },
          maxCachedWorkflows: mode === 'cached' ? 100 : 0,
        });
        return { worker, ended: worker.run() };
      }),
    );
    const close = async (): Promise<void> => {
      if (isRecording()) recordHouse(house.started.length, await sandbox.evidence());
      for (const { worker } of running) worker.shutdown();
      await Promise.all(running.map(({ ended }) => ended));
      await sandbox.close();
      await environment.close();
    };
    const house = new House(client, sandbox, clocks, hooks, met, close);
    return house;
  }

  /** The time outside of runs, in milliseconds since 1970. */
  nowMs(): number {
    return this.#clocks.nowMs();
  }

  /**
   * Moves the clock forward, outside of runs and for runs that are started afterwards, from their first task on. Their start
   * time is always that of the real clock.
   */
  later(ms: number): void {
    this.#clocks.later(ms);
  }

  /** Moves the clock of one run by exactly this time. */
  pass(run: Pick<WorkflowHandle, 'workflowId'>, ms: number): Promise<void> {
    return this.#clocks.pass(run, ms);
  }

  /** Switches a run from `stands` to `skips`. */
  skip(run: Pick<WorkflowHandle, 'workflowId'>): Promise<void> {
    return this.#clocks.skip(run);
  }

  /** The time in a run, in milliseconds since 1970. */
  timeOf(run: Pick<WorkflowHandle, 'workflowId'>): Promise<number> {
    return this.#clocks.timeOf(run);
  }

  /** Registers an action for the next call with this key (or route, for a read), before or after its work. */
  atCall(phase: CallNotice['phase'], call: string, action: () => void | Promise<void>): void {
    this.#hooks.at(phase, call, action);
  }

  /** Calls that were expected with `atCall` and have not come. */
  get callsThatNeverCame(): readonly string[] {
    return this.#hooks.waitedFor;
  }

  /** Resets a run to the end of its first task, as an operator does. */
  reset(run: WorkflowHandle): Promise<void> {
    return resetRun(this.client, run);
  }

  /** How many faults of this kind the call with this key (or route, for a read) has had. */
  faultsMet(kind: string, call: string): number {
    return this.#met.count(call, kind);
  }

  async start<C extends WorkflowContract>(
    contract: C,
    input: InputOf<C>,
    { time = 'skips', ...options }: HouseStartOptions = {},
  ) {
    const { run, answer } = await this.#clocks.startIn(time, contract.id.of(input), () =>
      startRun(this.client, contract, input, options),
    );
    this.started.push(run);
    this.#answers.push(answer);
    return run;
  }

  /** Resolves when all runs, also those started by other runs, have ended or are parked. */
  rest(): Promise<void> {
    return adoptChildren(
      this.started,
      (workflowId) => this.client.workflow.getHandle(workflowId),
      (run) => untilAtRest(run),
    );
  }

  /** Checks everything that happened so far against the invariants. */
  async judge(): Promise<void> {
    await this.rest();
    await this.sandbox.quiet();
    await this.sandbox.sweep();
    await judge(await this.sandbox.evidence(), this.started, this.#answers);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

let silenced = false;

/** Hides the SDK's log, which has a line for each parked run and retry. LONGHAUL_SPEC_LOG=INFO shows it. */
export function silenceRuntime(): void {
  if (silenced) return;
  silenced = true;
  const level = process.env.LONGHAUL_SPEC_LOG === 'INFO' ? 'INFO' : 'ERROR';
  Runtime.install({ logger: new DefaultLogger(level, silent(level)) });
}

function silent(level: string) {
  return level === 'INFO' ? undefined : () => undefined;
}
