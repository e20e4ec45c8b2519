import { z } from 'zod';
import { port, variable, type Values } from './environment.ts';

/** The port for health and metrics of a process without an HTTP API. */
export const healthVariables = {
  HEALTH_PORT: variable(port.default(9464), 'port of /livez, /readyz and /metrics; 0 takes a free one'),
  HEALTH_HOST: variable(z.string().default('0.0.0.0'), 'address that the health port is bound to'),
} as const;

export type HealthEnvironment = Values<typeof healthVariables>;
