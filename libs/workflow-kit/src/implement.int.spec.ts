import { connect } from '@longhaul/client';
import { startTestServer } from '@longhaul/testing/servers';
import { NativeConnection, Worker } from '@temporalio/worker';
import { expect, it, onTestFinished } from 'vitest';
import { Question } from './question.fixture.ts';

it('a run whose story has ended stays until it has answered what it was asked', async () => {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const connection = await NativeConnection.connect({ address: server.address });
  const worker = await Worker.create({
    connection,
    taskQueue: Question.queue,
    workflowsPath: new URL('./question.workflow.fixture.ts', import.meta.url).pathname,
  });
  const longhaul = connect({ connection: { address: server.address } });
  await worker.runUntil(async () => {
    const run = await longhaul.start(Question, { id: '1' });
    const answer = run.update('ask', {}).catch((error: unknown) => error);
    // An update may come before or after a signal that is sent beside it: the story goes on only when it is there.
    await expect.poll(() => acceptedUpdates(run.workflowId)).toBe(1);
    await run.signal('end', {});
    await expect.poll(() => run.status()).toMatchObject({ state: 'finished' });
    expect(await run.describe()).not.toHaveProperty('ended', 'completed');
    await run.signal('answer', {});
    expect(await answer).toEqual({ answer: 42 });
    expect(await run.result()).toEqual({ status: 'ended' });
  });
  await longhaul.close();
  await connection.close();

  async function acceptedUpdates(workflowId: string): Promise<number> {
    const { history } = await connection.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId },
    });
    return (history?.events ?? []).filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length;
  }
});
