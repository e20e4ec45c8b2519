import { apps, type Addresses, type App as HouseApp } from '@longhaul/testing/processes';
import { withoutForeign } from './foreign.ts';
import type { StartOptions } from './options.ts';
import type { PortName } from './ports.ts';

export interface App extends HouseApp {
  readonly port: PortName;
}

export function addressesOf({ ports, temporal }: Pick<StartOptions, 'ports' | 'temporal'>): Addresses {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return {
    temporal: temporal ?? `127.0.0.1:${ports.temporal}`,
    temporalUi: temporal === undefined ? at(ports.temporalUi) : undefined,
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

export function environmentFor(
  app: App,
  options: Pick<StartOptions, 'ports' | 'temporal'>,
  inherited: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  return { ...withoutForeign(inherited), ...app.environment(addressesOf(options), options.ports[app.port]) };
}
