import { readFile } from 'node:fs/promises';
import { StartUpError } from '@longhaul/process-kit';
import protos from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';

export async function readBundle(path: URL): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new StartUpError(`The workflow bundle is missing: build it with "npm run build" [${path.pathname}]`, {
      cause,
    });
  }
}

export async function checkNamespace(connection: NativeConnection, namespace: string): Promise<void> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (cause) {
    if (!/not ?found/i.test((cause as Error).message)) throw cause;
    throw new StartUpError(`The namespace does not exist: set TEMPORAL_NAMESPACE or create it [${namespace}]`, {
      cause,
    });
  }
}

const { INDEXED_VALUE_TYPE_KEYWORD } = protos.temporal.api.enums.v1.IndexedValueType;
const attention = ['LonghaulAttention', 'LonghaulAttentionOwner'];

/** Parking a run sets these search attributes. Without them its workflow tasks would fail for ever. */
export async function checkSearchAttributes(connection: NativeConnection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = attention.filter((name) => customAttributes?.[name] !== INDEXED_VALUE_TYPE_KEYWORD);
  if (missing.length === 0) return;
  const commands = missing.map((name) => `temporal operator search-attribute create --name ${name} --type Keyword`);
  throw new StartUpError(
    `The namespace lacks search attributes [${missing.join(', ')}]. Create them: ${commands.join(' && ')}`,
  );
}
