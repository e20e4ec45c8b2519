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
    const added = () => connection.operatorService.addSearchAttributes({ namespace, searchAttributes: wanted });
    // The service that answers callers learns of the new attributes later, and until then calls them "Keyword01".
    const query = Object.keys(searchAttributes)
      .map((name) => `${name} is null`)
      .join(' and ');
    const known = () => connection.workflowService.countWorkflowExecutions({ namespace, query });
    for (const step of [added, known]) await untilDone(namespace, step);
  } finally {
    await connection.close();
  }
}

async function untilDone(namespace: string, step: () => Promise<unknown>): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMs;
  for (;;) {
    try {
      await step();
      return;
    } catch (cause) {
      if (Date.now() > giveUpAt) throw new Error(`The namespace cannot be used [${namespace}]`, { cause });
      await sleep(lookAgainMs);
    }
  }
}
