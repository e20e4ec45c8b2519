import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleOf, namespace, repository, untilReady } from '@longhaul/testing/processes';
import { devServerArgs, findTemporalCli, requireFree, servesNamespace } from '@longhaul/testing/servers';
import { addressesOf, appsFor, environmentFor, type App } from './apps.ts';
import { buildApps } from './build.ts';
import type { ProcessGroup } from './process-group.ts';
import type { StartOptions } from './options.ts';
import { keptServer } from '../temporal/kept-server.ts';
import { portTable, type PortName } from './ports.ts';
import type { Shown, Step } from './steps.ts';

export const logFolder = join(repository, '.local/logs');

/** Builds the apps and starts a Temporal server. */
export function foundation(processes: ProcessGroup, options: StartOptions): readonly Step[] {
  const apps = appsFor(options.workers);
  const addresses = addressesOf(options);
  const grounds = [
    { title: 'Ports', run: (shown: Shown) => freePorts(apps, options, shown) },
    { title: 'Build', run: (shown: Shown) => buildApps(processes, apps, shown) },
  ];
  if (options.temporal !== undefined) {
    const title = `Temporal on ${addresses.temporal}, which is up already`;
    return [...grounds, { title, run: () => servesNamespace(addresses.temporal, namespace) }];
  }
  let cli = '';
  return [
    ...grounds,
    { title: 'Temporal CLI', run: async (shown) => (cli = await findTemporalCli(shown)) },
    {
      title: `Temporal on ${addresses.temporal}`,
      async run() {
        const { temporal: port, temporalUi: uiPort } = options.ports;
        const logFile = await freshLog('temporal');
        const args = devServerArgs({ namespace }, { port, uiPort });
        await processes.start('temporal', { name: 'The Temporal server', command: cli, args, logFile });
        await servesNamespace(addresses.temporal, namespace);
      },
    },
  ];
}

/** The apps wait for each other, so they may start in any order. */
export function appSteps(processes: ProcessGroup, options: StartOptions): readonly Step[] {
  return appsFor(options.workers).map((app) => ({
    title: `${app.name} on port ${options.ports[app.port]}`,
    run: () => startApp(processes, app, options),
  }));
}

async function startApp(processes: ProcessGroup, app: App, options: StartOptions): Promise<void> {
  const { ports } = options;
  await processes.start(app.name === 'sandbox' ? 'sandbox' : 'apps', {
    name: app.name,
    command: process.execPath,
    args: ['--enable-source-maps', bundleOf(app)],
    env: environmentFor(app, options, process.env),
    logFile: await freshLog(app.name),
  });
  await untilReady(app.name, `http://127.0.0.1:${ports[app.port]}${app.ready}`);
}

/** Reports all taken ports together, before anything is started. */
async function freePorts(apps: readonly App[], { ports, temporal }: StartOptions, shown: Shown): Promise<void> {
  const ofTemporal: readonly PortName[] = temporal === undefined ? ['temporal', 'temporalUi'] : [];
  const wanted = [...ofTemporal, ...apps.flatMap(({ port, healthPort }) => (healthPort ? [port, healthPort] : [port]))];
  const checks = await Promise.allSettled(wanted.map((name) => requireFree({ ...portTable[name], port: ports[name] })));
  const taken = checks.flatMap((check) => (check.status === 'rejected' ? [(check.reason as Error).message] : []));
  const kept = await keptServer(process.env).state();
  if (kept) taken.push(`(npm run temporal:down stops the Temporal server that is kept on ${kept.address})`);
  if (checks.some(({ status }) => status === 'rejected')) throw new Error(taken.join('\n'));
  shown.title(`Ports ${wanted.map((name) => ports[name]).join(', ')} are free`);
}

async function freshLog(name: string): Promise<string> {
  const file = join(logFolder, `${name}.log`);
  await rm(file, { force: true });
  return file;
}
