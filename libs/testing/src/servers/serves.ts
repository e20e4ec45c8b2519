import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';

const readyWithinMs = 60_000;
const lookAgainMs = 50;
const callDeadlineMs = 2_000;

/** Returns the reason if waiting has become pointless. */
type Ended = () => string | undefined;

/** Waits until the server answers for the namespace, because an open port does not mean that it is ready. */
export function servesNamespace(address: string, namespace: string, ended: Ended = () => undefined): Promise<void> {
  return untilAnswered(`Temporal does not answer for namespace "${namespace}" [${address}]`, ended, async () =>
    withConnection(address, (connection) => connection.workflowService.describeNamespace({ namespace })),
  );
}

/** Waits until the server answers at all. */
export function answers(address: string, ended: Ended): Promise<void> {
  return untilAnswered(`Temporal does not answer [${address}]`, ended, async () =>
    withConnection(address, (connection) => connection.workflowService.getSystemInfo({})),
  );
}

async function untilAnswered(problem: string, ended: Ended, ask: () => Promise<void>): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMs;
  for (;;) {
    try {
      await ask();
      return;
    } catch (cause) {
      const reason = ended();
      if (reason) throw new Error(reason, { cause });
      if (Date.now() > giveUpAt) throw new Error(problem, { cause });
      await sleep(lookAgainMs);
    }
  }
}

async function withConnection(address: string, ask: (connection: Connection) => Promise<unknown>): Promise<void> {
  await accepts(address);
  const connection = await Connection.connect({ address, connectTimeout: callDeadlineMs });
  try {
    await connection.withDeadline(Date.now() + callDeadlineMs, () => ask(connection));
  } finally {
    await connection.close();
  }
}

/** Tests the port first, because gRPC retries a refused connection only after a second. */
function accepts(address: string): Promise<void> {
  const { hostname: host, port } = new URL(`tcp://${address}`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), timeout: callDeadlineMs });
    const end = (): unknown => socket.destroy();
    socket.once('connect', () => (end(), resolve()));
    socket.once('timeout', () => (end(), reject(new Error(`The connection was not accepted in time [${address}]`))));
    socket.once('error', reject);
  });
}
