import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';

const readyWithinMs = 60_000;
const lookAgainMs = 50;
const callDeadlineMs = 2_000;

/**
 * Waits until the server answers for the namespace: an open port is not yet a server that serves.
 * @param ended tells why waiting has become pointless
 */
export async function servesNamespace(
  address: string,
  namespace: string,
  ended: () => string | undefined = () => undefined,
): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMs;
  for (;;) {
    try {
      return await describeNamespace(address, namespace);
    } catch (cause) {
      const reason = ended();
      if (reason) throw new Error(reason, { cause });
      if (Date.now() > giveUpAt) {
        throw new Error(`Temporal does not answer for namespace "${namespace}" [${address}]`, { cause });
      }
      await sleep(lookAgainMs);
    }
  }
}

async function describeNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: callDeadlineMs });
  try {
    await connection.withDeadline(Date.now() + callDeadlineMs, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
  } finally {
    await connection.close();
  }
}
