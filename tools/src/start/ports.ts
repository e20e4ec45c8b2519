import { others, workers } from '../../../apps/registry.mjs';

interface Port {
  /** The variable that changes the port. */
  readonly variable: string;
  readonly port: number;
  /** What listens there. */
  readonly purpose: string;
  /** What is to be had there, for docs/local.md. Default: `purpose`. */
  readonly offers?: string;
}

export type PortName = 'temporal' | 'temporalUi' | 'sandbox' | 'gateway' | 'gatewayHealth' | keyof typeof workers;
export type Ports = Readonly<Record<PortName, number>>;

const ofWorkers = Object.entries(workers).map(([domain, { healthPort: port }]): [string, Port] => [
  domain,
  {
    variable: `${domain.toUpperCase().replaceAll('-', '_')}_HEALTH_PORT`,
    port,
    purpose: `health and metrics of the ${domain} worker`,
  },
]);

/** All ports. */
export const portTable = {
  temporal: { variable: 'TEMPORAL_PORT', port: 7233, purpose: 'Temporal' },
  temporalUi: { variable: 'TEMPORAL_UI_PORT', port: 8233, purpose: "Temporal's UI" },
  sandbox: {
    variable: 'SANDBOX_PORT',
    port: others.sandbox.port,
    purpose: 'the sandbox',
    offers: 'the downstream services; mails at `/outbox`',
  },
  gateway: {
    variable: 'GATEWAY_PORT',
    port: others.gateway.port,
    purpose: 'the gateway',
    offers: 'the HTTP API, described at `/docs`',
  },
  gatewayHealth: {
    variable: 'GATEWAY_HEALTH_PORT',
    port: others.gateway.healthPort,
    purpose: 'health and metrics of the gateway',
  },
  ...Object.fromEntries(ofWorkers),
} as Readonly<Record<PortName, Port>>;

export class PortMistakes extends Error {
  override readonly name = 'PortMistakes';
}

/** Reports all mistakes at once: invalid ports, and ports that are used twice. */
export function readPorts(env: NodeJS.ProcessEnv): Ports {
  const mistakes: string[] = [];
  const takenBy = new Map<number, string>();
  const entries = Object.entries(portTable).map(([name, { variable, port: usual }]) => {
    const given = env[variable];
    const port = given ? Number(given) : usual;
    if (!Number.isInteger(port) || port < 1 || port > 65_535) mistakes.push(`${variable} is not a port [${given}]`);
    const other = takenBy.get(port);
    if (other) mistakes.push(`${variable} and ${other} are the same port [${port}]`);
    takenBy.set(port, variable);
    return [name, port];
  });
  if (mistakes.length > 0) throw new PortMistakes(mistakes.join('\n'));
  return Object.fromEntries(entries) as Ports;
}
