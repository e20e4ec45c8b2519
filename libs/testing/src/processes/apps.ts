import { join } from 'node:path';
import { others, workers, type Addresses, type OnLaptop } from '../../../../apps/registry.mjs';

export type { Addresses };
export const repository = join(import.meta.dirname, '../../../..');
export const namespace = 'default';

/** An app that can be started here. */
export interface App {
  /** Its folder under `apps`. */
  readonly name: string;
  /** The path that answers 200 when the app is ready. */
  readonly ready: string;
  /** Port 0 takes a free port, which the app then logs. */
  readonly environment: (addresses: Addresses, port: number) => Readonly<Record<string, string>>;
}

interface Registered {
  /** The port of its API; health and metrics have another one. */
  readonly port?: number;
  readonly healthPort?: number;
  readonly onLaptop: OnLaptop;
}

/** `port` is the port of the app's API, or of its health routes if it has no API. */
const app = (name: string, { port: serves, healthPort, onLaptop }: Registered): App => ({
  name,
  ready: '/readyz',
  environment: (addresses, port) => ({
    TEMPORAL_ADDRESS: addresses.temporal,
    TEMPORAL_NAMESPACE: namespace,
    ...(serves !== undefined && { [`${name.toUpperCase()}_PORT`]: String(port) }),
    ...(healthPort !== undefined && {
      HEALTH_PORT: serves === undefined ? String(port) : '0',
      HEALTH_HOST: '127.0.0.1',
    }),
    ...onLaptop(addresses),
  }),
});

export type Domain = keyof typeof workers;

export const domains = Object.keys(workers) as readonly Domain[];

export const queuesOf = (domain: Domain): readonly string[] => workers[domain].queues;

export const apps: Readonly<Record<Domain | 'sandbox' | 'gateway', App>> = {
  sandbox: app('sandbox', others.sandbox),
  gateway: app('gateway', others.gateway),
  ...(Object.fromEntries(domains.map((domain) => [domain, app(`${domain}-worker`, workers[domain])])) as Record<
    Domain,
    App
  >),
};

export const bundleOf = ({ name }: Pick<App, 'name'>) => join(repository, 'apps', name, 'dist/main.js');
