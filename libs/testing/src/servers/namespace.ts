import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import protos from '@temporalio/proto';
import { searchAttributes } from './search-attributes.ts';

const retention = '1 day';
const readyWithinMs = 60_000;
const lookAgainMs = 20;

/**
 * Registers the namespace and waits until all caches of the server have it. A namespace that exists, as after a restart, is not
 * changed.
 */
export async function prepareNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const workflowExecutionRetentionPeriod = msToTs(retention);
    const request = { namespace, workflowExecutionRetentionPeriod };
    await connection.workflowService.registerNamespace(request).catch((error: unknown) => {
      if (!(isGrpcServiceError(error) && error.code === status.ALREADY_EXISTS)) throw error;
    });
    const keyword = protos.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
    const wanted = Object.fromEntries(Object.keys(searchAttributes).map((name) => [name, keyword]));
    const giveUpAt = Date.now() + readyWithinMs;
    for (;;) {
      try {
        await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: wanted });
        return;
      } catch (cause) {
        if (Date.now() > giveUpAt) throw new Error(`The namespace cannot be used [${namespace}]`, { cause });
        await sleep(lookAgainMs);
      }
    }
  } finally {
    await connection.close();
  }
}
