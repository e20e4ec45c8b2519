import {
  apps,
  withoutForeign,
  type Addresses as HouseAddresses,
  type App as HouseApp,
} from '@longhaul/testing/processes';
import type { PortName, Ports } from './ports.ts';

export interface App extends HouseApp {
  readonly port: PortName;
}

export interface Addresses extends HouseAddresses {
  readonly temporalUi: string;
}

export function addressesOf(ports: Ports): Addresses {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return {
    temporal: `127.0.0.1:${ports.temporal}`,
    temporalUi: at(ports.temporalUi),
    gateway: at(ports.gateway),
    sandbox: at(ports.sandbox),
  };
}

const sandbox: App = { ...apps.sandbox, port: 'sandbox' };
const gateway: App = { ...apps.gateway, port: 'gateway' };
const workerApps: Readonly<Record<string, App>> = {
  booking: { ...apps.booking, port: 'booking' },
  fleet: { ...apps.fleet, port: 'fleet' },
  payment: { ...apps.payment, port: 'payment' },
};

/** The names that `--only` and `npm run worker` know. */
export const workers: readonly string[] = Object.keys(workerApps);

export function appsFor(workerNames: readonly string[]): readonly App[] {
  return [sandbox, gateway, ...workerNames.flatMap((name) => workerApps[name] ?? [])];
}

export function environmentFor(app: App, ports: Ports, inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...withoutForeign(inherited), ...app.environment(addressesOf(ports), ports[app.port]) };
}
