import { startTestServer, type TestServer } from '@longhaul/testing/servers';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, InputConflict, MessageRefused, UnexpectedAnswer, WorkflowFailed, type Longhaul } from './index.ts';
import { Parcel } from './parcel.fixture.ts';

let server: TestServer;
let longhaul: Longhaul;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  server = await startTestServer();
  const connection = await NativeConnection.connect({ address: server.address });
  const worker = await Worker.create({
    connection,
    taskQueue: Parcel.queue,
    workflowsPath: new URL('./parcel.workflow.fixture.ts', import.meta.url).pathname,
  });
  const running = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await running;
    await connection.close();
  };
  longhaul = connect({ connection: { address: server.address } });
});
afterAll(async () => {
  await longhaul.close();
  await stopWorker();
  await server.stop();
});

let parcels = 0;
const aParcel = (content = 'books') => ({ id: `p-${++parcels}`, content });

test('a run receives messages, answers them, and returns its outcome', async () => {
  const run = await longhaul.start(Parcel, aParcel());
  await run.signal('note', { text: 'fragile' });
  // Unknown fields of an answer are left out: a newer worker may send more.
  expect(await run.update('deliver', { to: 'ada' })).toEqual({ delivered: true });
  expect(await run.result()).toEqual({ status: 'delivered', notes: ['fragile'] });
  expect(await run.describe()).toMatchObject({ ended: 'completed' });
});

test('the same update id twice is one update', async () => {
  const run = await longhaul.start(Parcel, aParcel());
  const refused = await run.update('deliver', { to: 'nobody' }, { updateId: 'u-1' }).catch((error: unknown) => error);
  const again = await run.update('deliver', { to: 'ada' }, { updateId: 'u-1' }).catch((error: unknown) => error);
  expect([refused, again]).toMatchObject([{ code: 'NoSuchAddress' }, { code: 'NoSuchAddress' }]);
  expect(again).toBeInstanceOf(MessageRefused);
});

test('a message with `once` is one update, however often it is sent and with whatever id', async () => {
  const run = await longhaul.start(Parcel, aParcel());
  const answers = [await run.update('look', {}), await run.update('look', {}, { updateId: 'u-1' })];
  expect(answers).toEqual([{ times: 1 }, { times: 1 }]);
});

test('an answer from the validator of an update is an answer like any other', async () => {
  const run = await longhaul.start(Parcel, aParcel('sealed'));
  expect(await run.update('open', {})).toEqual({ opened: false });
  const sealed = aParcel('sealed');
  const { answer } = await longhaul.startWithUpdate(Parcel, sealed, { name: 'open', input: {} });
  expect(answer).toEqual({ opened: false });
  expect(await (await longhaul.start(Parcel, aParcel())).update('open', {})).toEqual({ opened: true });
});

test('a failed run gives an error with the code of its fault and the cause', async () => {
  const run = await longhaul.start(Parcel, aParcel('explosive'));
  const failure = await run.result().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(WorkflowFailed);
  expect(failure).toMatchObject({ code: 'Dangerous', message: expect.stringContaining('It ticks') as unknown });
  expect((failure as Error).cause).toBeInstanceOf(Error);
});

test('a run that ended without deciding anything does not block a new start, whoever started it', async () => {
  const parcel = aParcel('nothing');
  const first = await longhaul.start(Parcel, parcel, { owner: 'u-eve' });
  expect(await first.result()).toEqual({ status: 'lost' });
  const second = await longhaul.start(Parcel, { ...parcel, content: 'books' }, { owner: 'u-ada' });
  expect(second).toMatchObject({ workflowId: first.workflowId, firstStart: true });
  await second.update('deliver', { to: 'ada' });
  expect(await second.result()).toMatchObject({ status: 'delivered' });
  const again = await longhaul.start(Parcel, { ...parcel, content: 'books' }, { owner: 'u-ada' });
  expect(again).toMatchObject({ runId: second.runId, firstStart: false });
  await expect(longhaul.start(Parcel, parcel, { owner: 'u-eve' })).rejects.toBeInstanceOf(InputConflict);
});

test('an outcome that breaks the contract is an error', async () => {
  const run = await longhaul.start(Parcel, aParcel('odd'));
  await run.update('deliver', { to: 'ada' });
  await expect(run.result()).rejects.toBeInstanceOf(UnexpectedAnswer);
});

describe('a start with an update', () => {
  test('starts the run and returns its answer', async () => {
    const parcel = aParcel();
    const { run, answer } = await longhaul.startWithUpdate(Parcel, parcel, { name: 'deliver', input: { to: 'ada' } });
    expect(answer).toEqual({ delivered: true });
    expect((await run.describe()).runId).toBe(run.runId);
    expect(await run.result()).toMatchObject({ status: 'delivered' });
  });

  test('joins an existing run', async () => {
    const parcel = aParcel();
    const first = await longhaul.start(Parcel, parcel);
    const { run, answer } = await longhaul.startWithUpdate(Parcel, parcel, { name: 'deliver', input: { to: 'ada' } });
    expect(run.runId).toBe(first.runId);
    expect(answer).toEqual({ delivered: true });
  });

  test('never updates a run with another input', async () => {
    const parcel = aParcel();
    const first = await longhaul.start(Parcel, parcel);
    const other = { ...parcel, content: 'shoes' };
    const refused = longhaul.startWithUpdate(Parcel, other, { name: 'deliver', input: { to: 'ada' } });
    await expect(refused).rejects.toBeInstanceOf(InputConflict);
    expect(await first.describe()).toMatchObject({ ended: undefined });
  });

  describe('with an update id', () => {
    const weigh = { name: 'weigh', input: {}, updateId: 'weigh-of-the-start' } as const;
    const deliver = { name: 'deliver', input: { to: 'ada' }, updateId: 'deliver-of-the-start' } as const;

    test('is one update, also if it is repeated after the end', async () => {
      const parcel = aParcel();
      const send = () => longhaul.startWithUpdate(Parcel, parcel, weigh, { owner: 'u-ada' });
      const first = await send();
      const again = await send();
      await again.run.update('deliver', { to: 'ada' });
      await again.run.result();
      for (const { run, answer } of [first, again, await send()]) {
        expect(answer).toEqual({ times: 1 });
        expect(run.runId).toBe(first.run.runId);
      }
    });

    test.each([
      ['another input', { content: 'shoes' }, 'u-ada'],
      ['another owner', {}, 'u-eve'],
      ['another input and owner', { content: 'shoes' }, 'u-eve'],
      ['no owner', {}, undefined],
    ])('is never answered by the run of %s', async (_what, change, owner) => {
      for (const update of [weigh, deliver]) {
        const parcel = aParcel();
        await longhaul.startWithUpdate(Parcel, parcel, update, { owner: 'u-ada' });
        const joining = longhaul.startWithUpdate(Parcel, { ...parcel, ...change }, update, { owner });
        await expect(joining).rejects.toBeInstanceOf(InputConflict);
      }
    });
  });

  test('passes on a refusal by the run', async () => {
    const refused = longhaul.startWithUpdate(Parcel, aParcel(), { name: 'deliver', input: { to: 'nobody' } });
    await expect(refused).rejects.toMatchObject({ name: 'MessageRefused', code: 'NoSuchAddress' });
  });
});
