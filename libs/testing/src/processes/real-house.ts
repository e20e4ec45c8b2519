import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultPlanInput } from '@longhaul/sandbox';
import type { WorkerExit } from '@longhaul/checker';
import { record } from '../deep/record.ts';
import { tellEnding } from '../servers/child.ts';
import { startProductionServer } from '../servers/production/production-server.ts';
import { startTestServer, type TestServer } from '../servers/test-server.ts';
import { freePort } from '../servers/ports.ts';
import { startApp, type AppProcess } from './app-process.ts';
import { apps, repository, type Addresses, type App } from './apps.ts';
import { untilReady } from './ready.ts';

export interface RealHouseOptions {
  /** Names the folder of the logs, `.local/logs/<name>`. */
  readonly name: string;
  readonly gateway?: Readonly<Record<string, string>>;
  /** Temporal's database. Default: SQLite. */
  readonly database?: 'sqlite' | 'postgresql';
}

/** The built apps as processes: Temporal with its runs in a file, sandbox, gateway and workers. */
export interface RealHouse {
  readonly addresses: Addresses;
  readonly temporal: TestServer;
  /** How the stopped or killed workers ended. */
  readonly exits: readonly WorkerExit[];
  readonly gateway: AppProcess;
  /** Resolves when it is ready. */
  startWorker(app: App): Promise<AppProcess>;
  terminate(worker: AppProcess): Promise<WorkerExit>;
  kill(worker: AppProcess): Promise<void>;
  killTemporal(): Promise<void>;
  setFaults(plan: FaultPlanInput): Promise<void>;
  /** Stops all running workers. */
  stopWorkers(): Promise<void>;
  close(): Promise<void>;
}

export async function openRealHouse({ name, gateway = {}, database = 'sqlite' }: RealHouseOptions): Promise<RealHouse> {
  const logs = join(repository, '.local/logs', name);
  await rm(logs, { recursive: true, force: true });
  const data = await mkdtemp(join(tmpdir(), `longhaul-${name}-`));
  const stops: (() => Promise<unknown>)[] = [() => rm(data, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
  };
  const logFile = (program: string) => join(logs, `${program}.log`);

  try {
    const temporal =
      database === 'postgresql'
        ? await startProductionServer({ logFile: logFile('temporal') })
        : await startTestServer({ dbFilename: join(data, 'temporal.db'), logFile: logFile('temporal') });
    stops.push(() => temporal.stop());
    // Sandbox and gateway call each other, so one of the ports must be known before they start.
    const gatewayPort = await freePort();
    const addresses = { temporal: temporal.address, sandbox: '', gateway: `http://127.0.0.1:${gatewayPort}` };

    const begin = async (app: App, port = 0, extra: Readonly<Record<string, string>> = {}): Promise<AppProcess> => {
      const environment = { ...app.environment(addresses, port), ...extra };
      const process_ = await startApp(app, { environment, logFile: logFile(app.name) });
      stops.push(() => process_.terminate());
      return process_;
    };
    addresses.sandbox = await (await begin(apps.sandbox)).url();
    const gatewayProcess = await begin(apps.gateway, gatewayPort, gateway);
    await untilReady('gateway', `${addresses.gateway}${apps.gateway.ready}`);

    const exits: WorkerExit[] = [];
    const running = new Set<AppProcess>();
    const terminate = async (worker: AppProcess): Promise<WorkerExit> => {
      running.delete(worker);
      const exit = await worker.terminate();
      exits.push(exit);
      return exit;
    };

    return {
      addresses,
      temporal,
      exits,
      gateway: gatewayProcess,
      async startWorker(app) {
        const worker = await begin(app);
        running.add(worker);
        await Promise.race([untilReady(app.name, `${await worker.url()}${app.ready}`), fallen(worker)]);
        return worker;
      },
      terminate,
      async kill(worker) {
        record({ fact: 'kill', victim: worker.name });
        running.delete(worker);
        exits.push(await worker.kill());
      },
      async killTemporal() {
        record({ fact: 'kill', victim: 'temporal' });
        await temporal.kill();
        exits.push({ process: 'temporal', signal: 'SIGKILL', exitCode: null, withinGrace: false });
      },
      setFaults: (plan) => setFaults(addresses.sandbox, plan),
      async stopWorkers() {
        await Promise.all([...running].map(terminate));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fallen({ name, ended, log }: AppProcess): Promise<never> {
  throw new Error(`${name} ${tellEnding(await ended)}: ${log.at(-1)?.msg ?? ''}`);
}

async function setFaults(sandbox: string, plan: FaultPlanInput): Promise<void> {
  const answer = await fetch(`${sandbox}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(plan),
  });
  if (!answer.ok) throw new Error(`The sandbox refused the fault plan: ${answer.status} ${await answer.text()}`);
}
