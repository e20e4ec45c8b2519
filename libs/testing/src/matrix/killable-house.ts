import type { InputOf, WorkflowContract } from '@longhaul/contracts';
import { startSandbox, type Sandbox } from '@longhaul/sandbox';
import type { CallerAnswer } from '@longhaul/sandbox/checker';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { CallHooks } from '../call-hooks.ts';
import { judge } from '../judge.ts';
import { startApp, type AppProcess } from '../processes/app-process.ts';
import { apps, namespace, type App } from '../processes/apps.ts';
import { startDevServer, type DevServer } from '../servers/index.ts';
import { startRun } from '../start-run.ts';

/** A worker's death is found out by timeouts; a workflow task's may as well be short. */
const workflowTaskTimeoutMs = 3_000;
const serviceTimeoutMs = '1000';

/** A real server, the sandbox in this process, and workers as processes that can be killed in the middle of a call. */
export class KillableHouse {
  readonly sandbox: Sandbox;
  readonly #server: DevServer;
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #names: readonly string[];
  readonly #hooks: CallHooks;
  readonly #started: WorkflowHandle[] = [];
  readonly #answers: CallerAnswer[] = [];
  #workers: AppProcess[] = [];

  private constructor(
    server: DevServer,
    connection: Connection,
    sandbox: Sandbox,
    hooks: CallHooks,
    names: readonly string[],
  ) {
    this.#server = server;
    this.#connection = connection;
    this.#client = new Client({ connection, namespace });
    this.sandbox = sandbox;
    this.#hooks = hooks;
    this.#names = names;
  }

  static async open(workers: readonly string[], servicesBehindMs: number): Promise<KillableHouse> {
    const server = await startDevServer();
    const hooks = new CallHooks();
    const sandbox = await startSandbox({
      clock: () => Date.now() - servicesBehindMs,
      onCall: hooks.onCall,
    });
    const connection = await Connection.connect({ address: server.address });
    const house = new KillableHouse(server, connection, sandbox, hooks, workers);
    await house.#startWorkers();
    return house;
  }

  /** Kills all workers when that call is met, and starts new ones. Resolves when the new ones are at work. */
  killWorkersAt(phase: 'before' | 'after', call: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#hooks.at(phase, call, async () => {
        await Promise.all(this.#workers.map((worker) => worker.kill()));
        this.#startWorkers().then(resolve, reject);
      });
    });
  }

  async start<C extends WorkflowContract>(contract: C, input: InputOf<C>, fastPath: boolean) {
    const { run, answer } = await startRun(this.#client, contract, input, { fastPath, workflowTaskTimeoutMs });
    this.#started.push(run);
    this.#answers.push(answer);
    return run;
  }

  async judge(): Promise<void> {
    this.sandbox.faults.clear();
    // Attempts are lost here on purpose: the workers did not end in order.
    const killed = { process: 'workers', signal: 'SIGKILL', exitCode: null, withinGrace: false } as const;
    await judge(await this.sandbox.evidence(), this.#started, this.#answers, [killed]);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.kill()));
    await this.#connection.close();
    await this.#server.stop();
    await this.sandbox.close();
  }

  async #startWorkers(): Promise<void> {
    const addresses = { temporal: this.#server.address, sandbox: this.sandbox.url, gateway: 'not here' };
    const known = Object.values<App>(apps);
    this.#workers = await Promise.all(
      this.#names.map((name) => {
        const app = known.find((one) => one.name === name);
        if (!app) throw new Error(`There is no such app [${name}]`);
        return startApp(app, {
          environment: { ...app.environment(addresses, 0), SERVICE_TIMEOUT_MS: serviceTimeoutMs },
        });
      }),
    );
    await Promise.all(this.#workers.map((worker) => worker.logged('Polling')));
  }
}
