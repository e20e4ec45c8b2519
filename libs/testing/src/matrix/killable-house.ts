import type { InputOf, WorkflowContract } from '@longhaul/contracts';
import { startSandbox, type CallNotice, type Sandbox } from '@longhaul/sandbox';
import type { CallerAnswer } from '@longhaul/checker';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { CallHooks } from '../call-hooks.ts';
import { record } from '../deep/record.ts';
import { adoptChildren, judge, recordHouse } from '../judge.ts';
import { startApp, type AppProcess } from '../processes/app-process.ts';
import { apps, namespace, type App } from '../processes/apps.ts';
import { startTestServer, type TestServer } from '../servers/index.ts';
import { startRun, type StartOptions } from '../start-run.ts';
import { untilAtRest } from '../waiting.ts';

/** The server notices a dead worker by timeouts, so they are short here. */
const workflowTaskTimeoutMs = 3_000;
const stickyTimeoutMs = 1_000;
const usualServiceTimeoutMs = 1_000;
/** Short as well, but longer than an activity takes. */
const usualWaits = { attemptMs: 2_500, settleMs: 3_000 };
/** A worker that cannot connect to a busy server in time exits and is started again, as an orchestrator does. */
const mostStarts = 3;

export interface KillableHouseOptions {
  /** How far the services' clocks are behind those of the runs, in milliseconds. Default: 0. */
  readonly servicesBehindMs?: number;
  /** How long the workers wait for an answer, in milliseconds. Default: 1,000. */
  readonly serviceTimeoutMs?: number;
}

/** A server, the sandbox in this process, and workers as processes that can be killed during a call. */
export class KillableHouse {
  readonly sandbox: Sandbox;
  readonly client: Client;
  readonly started: WorkflowHandle[] = [];
  readonly #server: TestServer;
  readonly #connection: Connection;
  readonly #hooks: CallHooks;
  readonly #serviceTimeoutMs: number;
  readonly #answers: CallerAnswer[] = [];
  readonly #workers = new Map<string, AppProcess>();

  private constructor(
    server: TestServer,
    connection: Connection,
    sandbox: Sandbox,
    hooks: CallHooks,
    serviceTimeoutMs: number,
  ) {
    this.#server = server;
    this.#connection = connection;
    this.client = new Client({ connection, namespace });
    this.sandbox = sandbox;
    this.#hooks = hooks;
    this.#serviceTimeoutMs = serviceTimeoutMs;
  }

  static async open(
    workers: readonly string[],
    { servicesBehindMs = 0, serviceTimeoutMs = usualServiceTimeoutMs }: KillableHouseOptions = {},
  ): Promise<KillableHouse> {
    const hooks = new CallHooks();
    const services = startSandbox({ clock: () => Date.now() - servicesBehindMs, onCall: hooks.onCall });
    const [server, sandbox] = await Promise.all([startTestServer(), services]);
    const connection = await Connection.connect({ address: server.address, connectTimeout: '60s' });
    const house = new KillableHouse(server, connection, sandbox, hooks, serviceTimeoutMs);
    try {
      await Promise.all(workers.map((name) => house.#startWorker(name)));
      return house;
    } catch (error) {
      await house.close();
      throw error;
    }
  }

  /** Kills the worker at this call and starts a new one. Resolves when the new one is ready. */
  killAt(phase: 'before' | 'after', call: string, worker: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.atCall(phase, call, async () => {
        record({ fact: 'kill', victim: worker });
        await this.#workers.get(worker)!.kill();
        this.#startWorker(worker).then(resolve, reject);
      });
    });
  }

  /** Kills the worker at once and starts a new one. Resolves when the new one is ready. */
  async kill(worker: string): Promise<void> {
    record({ fact: 'kill', victim: worker });
    await this.#workers.get(worker)!.kill();
    await this.#startWorker(worker);
  }

  /** Registers an action for the next call with this key, before or after its work. */
  atCall(phase: CallNotice['phase'], call: string, action: () => void | Promise<void>): void {
    this.#hooks.at(phase, call, action);
  }

  async start<C extends WorkflowContract>(contract: C, input: InputOf<C>, options: StartOptions = {}) {
    const { run, answer } = await startRun(this.client, contract, input, {
      workflowTaskTimeoutMs,
      waits: usualWaits,
      ...options,
    });
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

  async judge(): Promise<void> {
    this.sandbox.faults.clear();
    await this.rest();
    // Tells the checker that a worker was killed, so that lost attempts are expected.
    const killed = { process: 'worker', signal: 'SIGKILL', exitCode: null, withinGrace: false } as const;
    await judge(await this.sandbox.evidence(), this.started, this.#answers, [killed]);
  }

  async close(): Promise<void> {
    recordHouse(this.started.length, await this.sandbox.evidence());
    await Promise.all([...this.#workers.values()].map((worker) => worker.kill()));
    await this.#connection.close();
    await this.#server.kill();
    await this.sandbox.close();
  }

  async #startWorker(name: string): Promise<void> {
    const app = Object.values<App>(apps).find((one) => one.name === name);
    if (!app) throw new Error(`There is no app with this name [${name}]`);
    const addresses = { temporal: this.#server.address, sandbox: this.sandbox.url, gateway: 'not here' };
    const environment = {
      ...app.environment(addresses, 0),
      SERVICE_TIMEOUT_MS: String(this.#serviceTimeoutMs),
      TEMPORAL_STICKY_TIMEOUT_MS: String(stickyTimeoutMs),
    };
    for (let starts = 1; ; starts += 1) {
      const worker = await startApp(app, { environment });
      this.#workers.set(name, worker);
      try {
        await worker.logged('Polling');
        return;
      } catch (error) {
        if (starts === mostStarts) throw error;
      }
    }
  }
}
