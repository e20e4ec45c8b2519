import { join } from 'node:path';
import type { PortName, Ports } from './ports.ts';

export const repository = join(import.meta.dirname, '../../..');
export const namespace = 'default';

export interface App {
  /** Its folder under `apps`. */
  readonly name: string;
  readonly port: PortName;
  /** The path that answers 200 when it can do its work. */
  readonly ready: string;
  readonly environment: (addresses: Addresses, ports: Ports) => Readonly<Record<string, string>>;
}

/** Where everything listens, as the apps are told. */
export interface Addresses {
  readonly temporal: string;
  readonly temporalUi: string;
  readonly gateway: string;
  readonly sandbox: string;
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

const temporal = ({ temporal: address }: Addresses) => ({ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace });

const worker = (name: 'booking' | 'fleet'): App => ({
  name: `${name}-worker`,
  port: name,
  ready: '/readyz',
  environment: (addresses, ports) => ({
    ...temporal(addresses),
    HEALTH_PORT: String(ports[name]),
    HEALTH_HOST: '127.0.0.1',
    ...serviceUrls(addresses.sandbox),
  }),
});

/** The downstream services, all served by the sandbox. */
function serviceUrls(sandbox: string) {
  return {
    BOOKING_SERVICE_URL: `${sandbox}/booking`,
    PAYMENT_SERVICE_URL: `${sandbox}/payment`,
    FLEET_SERVICE_URL: `${sandbox}/fleet`,
    NOTIFICATION_SERVICE_URL: `${sandbox}/notification`,
  };
}

export const sandbox: App = {
  name: 'sandbox',
  port: 'sandbox',
  ready: '/readyz',
  environment: (_addresses, ports) => ({ SANDBOX_PORT: String(ports.sandbox) }),
};

export const gateway: App = {
  name: 'gateway',
  port: 'gateway',
  ready: '/readyz',
  environment: (addresses, ports) => ({
    ...temporal(addresses),
    GATEWAY_PORT: String(ports.gateway),
    GATEWAY_HOST: '127.0.0.1',
    GATEWAY_ISSUER: `${addresses.sandbox}/issuer`,
    GATEWAY_JWKS_URL: `${addresses.sandbox}/issuer/.well-known/jwks.json`,
    BOOKING_SERVICE_URL: serviceUrls(addresses.sandbox).BOOKING_SERVICE_URL,
  }),
};

const workerApps = [worker('booking'), worker('fleet')];

/** The names that `--only` and `npm run worker` know. */
export const workers: readonly string[] = workerApps.map(({ name }) => name.replace(/-worker$/, ''));

export function appsFor(workerNames: readonly string[]): readonly App[] {
  return [sandbox, gateway, ...workerApps.filter(({ name }) => workerNames.includes(name.replace(/-worker$/, '')))];
}

/**
 * What a shell may have set for another Temporal (a cloud namespace, say) or for a database of its own must not reach
 * apps that belong to this house, which begins empty each time.
 */
export function environmentFor(
  app: App,
  ports: Ports,
  inherited: NodeJS.ProcessEnv,
): Record<string, string | undefined> {
  const foreign = /^TEMPORAL_(API_KEY|TLS|PROFILE|CONFIG_FILE|CLIENT_)|^DATABASE_URL$|^SANDBOX_/;
  const kept = Object.entries(inherited).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), ...app.environment(addressesOf(ports), ports) };
}

export const bundleOf = (app: Pick<App, 'name'>) => join(repository, 'apps', app.name, 'dist/main.js');
