import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const host = '127.0.0.1';

/** A port that was free a moment ago. Whoever uses it must be ready to lose it to another and ask again. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

const lowestPort = 20_000;

/** For servers that cannot use the high ports which systems give out by themselves. */
export async function freePortsBelow(limit: number, count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(lowestPort, limit);
    const free = await listenOnce(port).catch(() => undefined);
    if (free !== undefined) ports.add(free);
  }
  return [...ports];
}

/** The port is taken: says whose it was to be, and what to set to use another. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

export interface NamedPort {
  readonly port: number;
  /** Who wants to listen there. */
  readonly purpose: string;
  /** The environment variable that chooses another. */
  readonly variable?: string | undefined;
}

export async function requireFree({ port, purpose, variable }: NamedPort): Promise<void> {
  try {
    await listenOnce(port);
  } catch (cause) {
    const advice = variable ? `. Stop what listens there, or set ${variable} to another port` : '';
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    const problem = code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${code})`;
    throw new PortTaken(`Port ${port} for ${purpose} ${problem}${advice}`, { cause });
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
