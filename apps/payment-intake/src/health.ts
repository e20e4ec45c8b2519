import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HealthSigns {
  /** Undefined when messages are taken, else why not. */
  readonly unready: () => string | undefined;
  /** In Prometheus's text format. */
  readonly metrics: () => string;
}

/** \`/livez\` (the event loop answers), \`/readyz\` and \`/metrics\` on one port. */
export async function serveHealth(
  signs: HealthSigns,
  host: string,
  port: number,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((request, response) => answer(request.url ?? '/', signs, response));
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

function answer(path: string, signs: HealthSigns, response: ServerResponse): void {
  switch (path.split('?')[0]) {
    case '/livez':
      return reply(response, 200, 'ok');
    case '/readyz': {
      const problem = signs.unready();
      return reply(response, problem === undefined ? 200 : 503, problem ?? 'ok');
    }
    case '/metrics':
      return reply(response, 200, signs.metrics(), 'text/plain; version=0.0.4');
    default:
      return reply(response, 404, 'not found: try /livez, /readyz or /metrics');
  }
}

function reply(response: ServerResponse, status: number, body: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': type }).end(`${body}\n`);
}
