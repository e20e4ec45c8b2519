import protos from '@temporalio/proto';
import { TestWorkflowEnvironment, type TimeSkippingTestWorkflowEnvironmentOptions } from '@temporalio/testing';
import { tellOnlyWaits } from './progress.ts';
import { searchAttributes } from './search-attributes.ts';
import { findTestServer } from './test-server.ts';

const startAttempts = 3;

/** A server on which a wait of ten days takes a second, with everything registered that our workflows use. */
export async function createTimeSkipping(
  options: Pick<TimeSkippingTestWorkflowEnvironmentOptions, 'client' | 'plugins'> = {},
): Promise<TestWorkflowEnvironment> {
  const path = await findTestServer(tellOnlyWaits());
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withSearchAttributes(
        await TestWorkflowEnvironment.createTimeSkipping({
          ...options,
          server: { executable: { type: 'existing-path', path } },
        }),
      );
    } catch (error) {
      // The SDK waits 5 s for the server, which a Java machine on a busy computer may miss.
      if (attempt === startAttempts) throw error;
    }
  }
}

async function withSearchAttributes(environment: TestWorkflowEnvironment): Promise<TestWorkflowEnvironment> {
  try {
    const keyword = protos.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
    await environment.connection.operatorService.addSearchAttributes({
      namespace: environment.namespace ?? 'default',
      searchAttributes: Object.fromEntries(Object.keys(searchAttributes).map((name) => [name, keyword])),
    });
    return environment;
  } catch (error) {
    await environment.teardown();
    throw error;
  }
}
