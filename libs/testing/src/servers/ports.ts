import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const host = '127.0.0.1';

/** A port that is free at the moment. Another process may take it first, so callers must be able to try another one. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

const lowestPort = 20_000;

/** For servers that cannot use the high ports from which systems choose free ports. */
export async function freePortsBelow(limit: number, count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(lowestPort, limit);
    const free = await listenOnce(port).catch(() => undefined);
    if (free !== undefined) ports.add(free);
  }
  return [...ports];
}

/** The port is taken. The message says for whom it was meant, and which variable to set. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

export interface NamedPort {
  readonly port: number;
  /** What the port is for. */
  readonly purpose: string;
  /** The environment variable for another port. */
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
