import { apps, domains, type Addresses, type App as RunnableApp } from '@longhaul/testing/processes';
import { isForeign, withoutForeign } from './foreign.ts';
import type { PortName, Ports } from './ports.ts';

export interface App extends RunnableApp {
  readonly port: PortName;
  /** The port of health and metrics, if it differs from `port`. */
  readonly healthPort?: PortName;
}

/** The options that decide the addresses. */
export interface AddressOptions {
  readonly ports: Ports;
  /** The address of a running Temporal server. Default: one is started, with its UI. */
  readonly temporal: string | undefined;
}

export function addressesOf({ ports, temporal }: AddressOptions): Addresses {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return {
    temporal: temporal ?? `127.0.0.1:${ports.temporal}`,
    temporalUi: temporal === undefined ? at(ports.temporalUi) : undefined,
    gateway: at(ports.gateway),
    sandbox: at(ports.sandbox),
  };
}

const sandbox: App = { ...apps.sandbox, port: 'sandbox' };
const gateway: App = { ...apps.gateway, port: 'gateway', healthPort: 'gatewayHealth' };

/** The names for `--only` and `npm run worker`. */
export const workers: readonly string[] = domains;

export function appsFor(workerNames: readonly string[]): readonly App[] {
  const chosen = domains.filter((domain) => workerNames.includes(domain));
  return [sandbox, gateway, ...chosen.map((domain) => ({ ...apps[domain], port: domain }))];
}

export function environmentFor(app: App, options: AddressOptions, inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...withoutForeign(inherited), ...givenTo(app, addressesOf(options), options.ports) };
}

/** The variables that `npm start` sets, whatever the shell has set. */
function givenTo(app: App, addresses: Addresses, ports: Ports): Readonly<Record<string, string>> {
  return {
    ...app.environment(addresses, ports[app.port]),
    ...(app.healthPort && { HEALTH_PORT: String(ports[app.healthPort]) }),
  };
}

/** Variables that are set and have no effect, so that the user can be told. */
export function notUsed(
  apps: readonly App[],
  addresses: Addresses,
  ports: Ports,
  inherited: NodeJS.ProcessEnv,
): readonly string[] {
  const given = new Map(apps.flatMap((app) => Object.entries(givenTo(app, addresses, ports))));
  return Object.entries(inherited)
    .filter(([name, value]) => value && (isForeign(name) || (given.get(name) ?? value) !== value))
    .map(([name]) => name)
    .toSorted();
}
