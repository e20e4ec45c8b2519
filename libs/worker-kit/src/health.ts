import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the health port says about a worker. Each answer is cheap; none restarts a pod because Temporal blinks. */
export interface HealthSigns {
  /** Undefined while alive, else why not. */
  readonly dead: () => string | undefined;
  /** Undefined when ready, else why not. */
  readonly unready: () => Promise<string | undefined>;
  /** Where the SDK's own runtime serves its metrics. */
  readonly metricsUrl: string;
}

/** `/livez`, `/readyz` and `/metrics` on one port. */
export async function serveHealth(
  signs: HealthSigns,
  host: string,
  port: number,
): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    const answering = answer(request.url ?? '/', signs, response);
    answering.catch((error: unknown) => reply(response, 503, (error as Error).message));
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function answer(path: string, signs: HealthSigns, response: ServerResponse): Promise<void> {
  switch (path.split('?')[0]) {
    case '/livez':
      return verdict(response, signs.dead());
    case '/readyz':
      return verdict(response, signs.dead() ?? (await signs.unready()));
    case '/metrics': {
      const metrics = await fetch(signs.metricsUrl, { signal: AbortSignal.timeout(5_000) });
      return reply(response, metrics.status, await metrics.text(), 'text/plain; version=0.0.4');
    }
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
