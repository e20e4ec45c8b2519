import { randomUUID } from 'node:crypto';
import { BookRide, idempotencyKey, type BookRideInput } from '@longhaul/contracts';
import { houseFor, runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';

/** Bytes as somebody may send them who does not use our client. */
interface Sent {
  readonly metadata: Record<string, Uint8Array>;
  readonly data: Uint8Array;
}
const payload = (encoding: string, data: string | Uint8Array): Sent => ({
  metadata: { encoding: Buffer.from(encoding) },
  data: Buffer.from(data as string),
});

const noJson = payload('json/plain', '{ "requestId": ');
const undecodable: [string, Sent][] = [
  ['no JSON', noJson],
  ['no UTF-8', payload('json/plain', Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
  ['of an encoding that nobody here knows', payload('binary/encrypted', 'secret')],
  ['of no encoding at all', { metadata: {}, data: Buffer.from('{}') }],
];

describe.each(runModes)("a ride's door (%s)", (mode) => {
  const house = houseFor(mode, bookingWorkers);

  /** Past the client, as services in other languages start runs. */
  async function startPast(ride: BookRideInput, { input, memo }: { readonly input?: Sent; readonly memo?: Sent } = {}) {
    const { client } = house();
    const workflowId = BookRide.id.of(ride);
    await client.connection.workflowService.startWorkflowExecution({
      namespace: client.options.namespace,
      requestId: randomUUID(),
      workflowId,
      workflowType: { name: BookRide.type },
      taskQueue: { name: BookRide.queue },
      input: { payloads: [input ?? payload('json/plain', JSON.stringify(ride))] },
      ...(memo && { memo: { fields: { correlationId: memo } } }),
    });
    return client.workflow.getHandle(workflowId);
  }

  it.each(undecodable)('refuses input that is %s at once, whatever the memo is', async (_what, input) => {
    const run = await startPast(await aRide(house()), { input, memo: input });
    const failure: unknown = await run.result().catch((error: unknown) => error);
    expect(failure).toMatchObject({ cause: { type: 'InvalidInput' } });
    const { events } = await run.fetchHistory();
    expect(events?.filter(({ workflowTaskFailedEventAttributes: failed }) => failed)).toEqual([]);
  });

  it('refuses a departure in a year that nobody downstream can write', async () => {
    const run = await house().start(BookRide, {
      ...(await aRide(house())),
      departureAt: '9999-12-31T23:59:59-01:00',
    });
    const failure: unknown = await run.result().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      cause: { type: 'InvalidInput', message: expect.stringContaining('/departureAt') },
    });
  });

  it.each(['La\0gos', 'Lagos\ud83d'])('refuses a town that no notice can name: %j', async (from) => {
    const run = await house().start(BookRide, { ...(await aRide(house())), segment: { from, to: 'Ibadan' } });
    const failure: unknown = await run.result().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      cause: { type: 'InvalidInput', message: expect.stringContaining('/segment/from') },
    });
  });

  it('takes a ride in the last of these years, and lists it at once', async () => {
    const run = await house().start(BookRide, await aRide(house(), { departureAt: '9999-12-31T23:59:59Z' }));
    expect(await run.result()).toMatchObject({ status: 'confirmed' });
  });

  it.each<[string, Sent]>([
    ['of 20 KB', payload('json/plain', JSON.stringify('x'.repeat(20_000)))],
    ['nothing that a header can carry', payload('json/plain', JSON.stringify('two\nlines'))],
  ])('goes by its own id under a correlation id that is %s', async (_what, memo) => {
    const run = await startPast(await aRide(house()), { memo });
    house().started.push(run);
    expect(await run.result()).toMatchObject({ status: 'confirmed' });
    const { calls } = await house().sandbox.evidence();
    const [first] = calls.filter(({ key }) => key?.startsWith(`${run.workflowId}/`));
    expect(first).toMatchObject({ correlationId: run.workflowId });
  });

  it('takes a cancel whose words cannot be decoded for a cancel', async () => {
    const ride = await aRide(house());
    const { client } = house();
    house().atCall('before', idempotencyKey(BookRide.id.of(ride), 'addToManifest'), async () => {
      await client.connection.workflowService.signalWorkflowExecution({
        namespace: client.options.namespace,
        workflowExecution: { workflowId: BookRide.id.of(ride) },
        signalName: 'cancel',
        input: { payloads: [noJson] },
      });
    });
    const run = await house().start(BookRide, ride);
    expect(await run.result()).toMatchObject({ status: 'cancelled', reason: 'unreadable' });
  });
});
