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

/** What a worker under test reaches: the sandbox, and the server it works for. */
interface Surroundings {
  /** Where the sandbox serves. */
  readonly sandbox: string;
  readonly client: Client;
}

export interface WorkerUnderTest {
  readonly queue: string;
  /** The workflows' bundled code, made by `bundleOf`. Left out by a worker that only does activities. */
  readonly bundle?: string;
  readonly activities: (surroundings: Surroundings) => object;
  /** Activities at a time. Default: the SDK's. */
  readonly slots?: number;
}

export interface HouseOptions {
  /** `replayed`: a replay at each task finds what a cached workflow hides. Default: `cached`. */
  readonly mode?: RunMode;
  /** How far the services' clocks are behind the runs', in milliseconds: a hold seems to lapse the sooner. Default: 0. */
  readonly servicesBehindMs?: number;
  /** A server of this house's own, that differs by these settings. Default: the one of all specs. */
  readonly dynamicConfig?: DynamicConfig;
}

export interface HouseStartOptions extends StartOptions {
  /** How time passes for the run. Default: `skips`. */
  readonly time?: RunTime;
}

/** A namespace of the specs' Temporal server, the sandbox, and workers: one process, one port each. */
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

  /** What time it is outside of all runs, in milliseconds since 1970. */
  nowMs(): number {
    return this.#clocks.nowMs();
  }

  /**
   * From now on it is so much later: outside of the runs, and for those that are started, from their first task on. Only the
   * moment at which they were started is always the wall's.
   */
  later(ms: number): void {
    this.#clocks.later(ms);
  }

  /** Moves the clock of one run by so much, and no further. */
  pass(run: Pick<WorkflowHandle, 'workflowId'>, ms: number): Promise<void> {
    return this.#clocks.pass(run, ms);
  }

  /** Lets a run whose time stands skip from here on. */
  skip(run: Pick<WorkflowHandle, 'workflowId'>): Promise<void> {
    return this.#clocks.skip(run);
  }

  /** What time it is for a run, in milliseconds since 1970. */
  timeOf(run: Pick<WorkflowHandle, 'workflowId'>): Promise<number> {
    return this.#clocks.timeOf(run);
  }

  /** Once, when the call with this key (or for a read, this route) reaches its service: before the work, or after it. */
  atCall(phase: CallNotice['phase'], call: string, action: () => void | Promise<void>): void {
    this.#hooks.at(phase, call, action);
  }

  /** The calls that were waited for with `atCall` and never came. */
  get callsThatNeverCame(): readonly string[] {
    return this.#hooks.waitedFor;
  }

  /** What an operator does to a run that went wrong: it begins again after its first task. */
  reset(run: WorkflowHandle): Promise<void> {
    return resetRun(this.client, run);
  }

  /** How often the call with this key (or for a read, this route) has met a fault of this kind. */
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

  /** Resolves when also the runs that others have started have ended, or wait for a person. */
  rest(): Promise<void> {
    return adoptChildren(
      this.started,
      (workflowId) => this.client.workflow.getHandle(workflowId),
      (run) => untilAtRest(run),
    );
  }

  /** Holds all that happened in this house so far against the invariants. */
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
