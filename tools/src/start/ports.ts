/** Every port of the house: who listens there, and the variable that chooses another. */
export const portTable = {
  temporal: { variable: 'TEMPORAL_PORT', port: 7233, purpose: 'Temporal' },
  temporalUi: { variable: 'TEMPORAL_UI_PORT', port: 8233, purpose: "Temporal's UI" },
  sandbox: { variable: 'SANDBOX_PORT', port: 4000, purpose: 'the sandbox' },
  gateway: { variable: 'GATEWAY_PORT', port: 3000, purpose: 'the gateway' },
  gatewayHealth: { variable: 'GATEWAY_HEALTH_PORT', port: 9467, purpose: 'health and metrics of the gateway' },
  booking: { variable: 'BOOKING_HEALTH_PORT', port: 9464, purpose: 'health and metrics of the booking worker' },
  fleet: { variable: 'FLEET_HEALTH_PORT', port: 9465, purpose: 'health and metrics of the fleet worker' },
  payment: { variable: 'PAYMENT_HEALTH_PORT', port: 9466, purpose: 'health and metrics of the payment worker' },
} as const;

export type PortName = keyof typeof portTable;
export type Ports = Readonly<Record<PortName, number>>;

export class PortMistakes extends Error {
  override readonly name = 'PortMistakes';
}

/** All mistakes at once: numbers that are no ports, and two that are the same. */
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
