import { BookRide, type BookRideInput } from '@longhaul/contracts';
import { startTestServer, type TestServer } from '@longhaul/testing/servers';
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connect,
  InputConflict,
  inputDigest,
  InvalidInput,
  NoWorkerAnswer,
  ownerDigest,
  PayloadTooLarge,
  RunFinished,
  RunNotFound,
  StillRunning,
  TemporalRefused,
  Unavailable,
  WorkflowsDisabled,
  type Longhaul,
} from './index.ts';
import { Parcel } from './parcel.fixture.ts';

let server: TestServer;
let longhaul: Longhaul;
/** The names of the calls that were sent. */
const sent: string[] = [];

const retrying = makeGrpcRetryInterceptor(defaultGrpcRetryOptions());
const recording: typeof retrying = (options, nextCall) => {
  sent.push(options.method_definition.path.split('/').at(-1)!);
  return retrying(options, nextCall);
};

beforeAll(async () => {
  server = await startTestServer();
  longhaul = connect({ connection: { address: server.address, interceptors: [recording] } });
});
afterAll(async () => {
  await longhaul.close();
  await server.stop();
});

let rides = 0;
const aRide = (): BookRideInput => ({
  requestId: `r-${++rides}`,
  user: 'u-ada',
  bus: 'b-7',
  segment: { from: 'Lagos', to: 'Ibadan' },
  departureAt: '2027-01-04T08:00:00Z',
  quoteId: 'q-1',
  fare: { amount: 450_000, currency: 'NGN' },
});

describe('a start', () => {
  test('is one call, and records the digests and the correlation id in the memo', async () => {
    const ride = aRide();
    sent.length = 0;
    const run = await longhaul.start(BookRide, ride, { owner: 'u-ada', correlationId: 'c-1', fastPath: false });
    expect(sent).toEqual(['StartWorkflowExecution']);
    expect(run).toMatchObject({ workflowId: `booking-u-ada.${ride.requestId}`, firstStart: true });
    expect(await run.describe()).toMatchObject({
      runId: run.runId,
      type: 'bookRide',
      ended: undefined,
      memo: { inputDigest: inputDigest(ride), owner: ownerDigest('u-ada'), correlationId: 'c-1', fastPath: false },
    });
  });

  test('that is repeated with the same input, in any order of fields, gets the same run', async () => {
    const ride = aRide();
    const first = await longhaul.start(BookRide, ride, { owner: 'u-ada' });
    const turned = Object.fromEntries(Object.entries(ride).toReversed()) as BookRideInput;
    const second = await longhaul.start(BookRide, turned, { owner: 'u-ada' });
    expect(second).toMatchObject({ runId: first.runId, firstStart: false });
  });

  test('that is repeated after the end gets the same run', async () => {
    const ride = aRide();
    const first = await longhaul.start(BookRide, ride);
    await terminate(first.workflowId);
    expect(await longhaul.start(BookRide, ride)).toMatchObject({ runId: first.runId, firstStart: false });
  });

  test('with another input is refused with both digests', async () => {
    const ride = aRide();
    await longhaul.start(BookRide, ride, { owner: 'u-ada' });
    const other = { ...ride, bus: 'b-8' };
    const refusal = await refusalOf(longhaul.start(BookRide, other, { owner: 'u-ada' }));
    expect(refusal).toBeInstanceOf(InputConflict);
    expect(refusal).toMatchObject({ givenDigest: inputDigest(other), existingDigest: inputDigest(ride) });
  });

  test('by another user with the same key is another run', async () => {
    const ride = aRide();
    const first = await longhaul.start(BookRide, ride);
    const other = await longhaul.start(BookRide, { ...ride, user: 'u-eve' });
    expect(other).toMatchObject({ firstStart: true });
    expect(other.workflowId).not.toBe(first.workflowId);
  });

  test("does not show another user's input", async () => {
    const ride = aRide();
    await longhaul.start(BookRide, ride, { owner: 'u-ada' });
    const refusal = await refusalOf(longhaul.start(BookRide, { ...ride, bus: 'b-8' }, { owner: 'u-eve' }));
    expect(refusal).toBeInstanceOf(InputConflict);
    expect(refusal).toMatchObject({ existingDigest: undefined });
    expect(String(refusal)).not.toContain(inputDigest(ride));
  });

  test('never joins the run of another owner, whatever the input', async () => {
    const ride = aRide();
    await longhaul.start(BookRide, ride, { owner: 'u-ada' });
    await expect(longhaul.start(BookRide, ride, { owner: 'u-eve' })).rejects.toBeInstanceOf(InputConflict);
  });

  test('without an owner option takes the owner from the input', async () => {
    const ride = aRide();
    const run = await longhaul.start(BookRide, ride);
    expect(await run.describe()).toMatchObject({ memo: { owner: ownerDigest(ride.user) } });
    expect(await longhaul.start(BookRide, ride, { owner: ride.user })).toMatchObject({ firstStart: false });
  });

  test('with invalid input names every invalid field and sends nothing', async () => {
    sent.length = 0;
    const ride = { ...aRide(), bus: '', fare: { amount: 1.5, currency: 'NGN' as const } };
    const refusal = await refusalOf(longhaul.start(BookRide, ride));
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect((refusal as InvalidInput).issues.map(({ pointer }) => pointer)).toEqual(['/bus', '/fare/amount']);
    expect(sent).toEqual([]);
  });

  test.each(['', 'two words', 'line\nbreak', 'x'.repeat(129)])(
    'with a correlation id that is invalid in a header is refused before it is sent (%j)',
    async (correlationId) => {
      sent.length = 0;
      const refusal = await refusalOf(longhaul.start(BookRide, aRide(), { correlationId }));
      expect(refusal).toBeInstanceOf(InvalidInput);
      expect(String(refusal)).toContain('correlation id');
      expect(sent).toEqual([]);
    },
  );

  test('that is too large is refused before it is sent', async () => {
    sent.length = 0;
    const parcel = { id: 'p-big', content: 'x'.repeat(64 * 1_024) };
    await expect(longhaul.start(Parcel, parcel)).rejects.toBeInstanceOf(PayloadTooLarge);
    expect(sent).toEqual([]);
  });

  test('is refused as disabled without a connection', async () => {
    const off = connect({ connection: { address: '127.0.0.1:1' }, enabled: false });
    await expect(off.start(BookRide, aRide())).rejects.toBeInstanceOf(WorkflowsDisabled);
    await off.close();
  });
});

describe('each reason for a missing answer has its own error:', () => {
  test('no worker answers for an existing run', async () => {
    const run = await longhaul.start(BookRide, aRide());
    await expect(run.status({ waitMs: 300 })).rejects.toBeInstanceOf(NoWorkerAnswer);
    await expect(run.update('cancel', {}, { waitMs: 300 })).rejects.toBeInstanceOf(NoWorkerAnswer);
    await expect(run.result({ waitMs: 300 })).rejects.toBeInstanceOf(StillRunning);
    await expect(run.result({ signal: AbortSignal.timeout(300) })).rejects.toBeInstanceOf(StillRunning);
  });

  test('waiting for a worker is one call, without retries', async () => {
    const run = await longhaul.start(BookRide, aRide());
    sent.length = 0;
    await expect(run.update('cancel', {}, { waitMs: 1_000 })).rejects.toBeInstanceOf(NoWorkerAnswer);
    expect(sent).toEqual(['UpdateWorkflowExecution', 'DescribeWorkflowExecution']);
  });

  test('there is no run of that id', async () => {
    const run = longhaul.handle(BookRide, 'booking-none');
    const asked = [run.describe(), run.status(), run.result(), run.signal('cancel', {}), run.update('cancel', {})];
    const answers = await Promise.allSettled(asked);
    expect(answers.map((answer) => answer.status === 'rejected' && answer.reason instanceof RunNotFound)).toEqual(
      asked.map(() => true),
    );
  });

  test('the run has finished', async () => {
    const run = await longhaul.start(BookRide, aRide());
    await terminate(run.workflowId);
    await expect(run.signal('cancel', {})).rejects.toBeInstanceOf(RunFinished);
    await expect(run.update('cancel', {})).rejects.toBeInstanceOf(RunFinished);
    await expect(run.result()).rejects.toMatchObject({ name: 'WorkflowFailed', code: 'terminated' });
  });

  test('Temporal cannot be reached', async () => {
    const nowhere = connect({ connection: { address: '127.0.0.1:1' } });
    await expect(nowhere.start(BookRide, aRide(), { waitMs: 500 })).rejects.toBeInstanceOf(Unavailable);
    await expect(nowhere.check({ waitMs: 300 })).rejects.toBeInstanceOf(Unavailable);
    await nowhere.close();
  });

  test('the namespace does not exist', async () => {
    const elsewhere = connect({ connection: { address: server.address }, namespace: 'nowhere' });
    await expect(elsewhere.check()).rejects.toBeInstanceOf(TemporalRefused);
    await expect(elsewhere.start(BookRide, aRide())).rejects.toBeInstanceOf(TemporalRefused);
    await elsewhere.close();
  });
});

async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error('It was not refused');
    },
    (error: unknown) => error,
  );
}

async function terminate(workflowId: string): Promise<void> {
  const connection = await Connection.connect({ address: server.address });
  await new Client({ connection }).workflow.getHandle(workflowId).terminate();
  await connection.close();
}
