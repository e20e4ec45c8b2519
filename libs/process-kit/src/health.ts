import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HealthEnvironment } from './health-environment.ts';
import { listenOn } from './start-up-error.ts';

type Later<T> = T | Promise<T>;

/** The state of a process for its health port. The checks are cheap, and an outage of Temporal does not restart a pod. */
export interface HealthSigns {
  /** Why the process is dead; undefined while it is alive. Left out if it is alive as long as it answers. */
  readonly dead?: () => string | undefined;
  /** Why the process is not ready; undefined if it is ready. */
  readonly unready: () => Later<string | undefined>;
  /** In Prometheus's text format. */
  readonly metrics: () => Later<string>;
}

export interface Health {
  readonly port: number;
  close(): void;
}

/** `/livez`, `/readyz` and `/metrics` on one port. */
export async function serveHealth(
  { HEALTH_HOST: host, HEALTH_PORT: wanted }: HealthEnvironment,
  signs: HealthSigns,
): Promise<Health> {
  const server = createServer((request, response) => {
    const answering = answer(request.url ?? '/', signs, response);
    answering.catch((error: unknown) => reply(response, 503, (error as Error).message));
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await listenOn('HEALTH_PORT', wanted, () => listening(server, host, wanted));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { port, close };
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

async function answer(path: string, { dead, unready, metrics }: HealthSigns, response: ServerResponse): Promise<void> {
  switch (path.split('?')[0]) {
    case '/livez':
      return verdict(response, dead?.());
    case '/readyz':
      return verdict(response, dead?.() ?? (await unready()));
    case '/metrics':
      return reply(response, 200, await metrics(), 'text/plain; version=0.0.4');
    default:
      return reply(response, 404, 'not found: try /livez, /readyz or /metrics');
  }
}

function verdict(response: ServerResponse, problem: string | undefined): void {
  reply(response, problem === undefined ? 200 : 503, problem ?? 'ok');
}

function reply(response: ServerResponse, status: number, body: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': type }).end(`${body}\n`);
}
