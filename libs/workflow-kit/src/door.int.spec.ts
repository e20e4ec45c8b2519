import { randomUUID } from 'node:crypto';
import { runModes } from '@longhaul/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { PlaceOrder, type Order } from './order.fixture.ts';
import { anOrder, shopHouse } from './shop-house.fixture.ts';
import { turns } from './shop.fixture.ts';

/** Bytes as somebody may send them who does not use our client. */
interface Sent {
  readonly metadata: Record<string, Uint8Array>;
  readonly data: Uint8Array;
}
const payload = (encoding: string, data: string | Uint8Array): Sent => ({
  metadata: { encoding: Buffer.from(encoding) },
  data: Buffer.from(data as string),
});
const json = (value: unknown) => payload('json/plain', JSON.stringify(value));

const noJson = payload('json/plain', '{ "orderId": ');
const undecodable: [string, Sent][] = [
  ['no JSON', noJson],
  ['no UTF-8', payload('json/plain', Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
  ['of an encoding that nobody here knows', payload('binary/encrypted', 'secret')],
  ['of no encoding at all', { metadata: {}, data: Buffer.from('{}') }],
];

describe.each(runModes)('the door of a run (%s)', (mode) => {
  const { house, shop, start, runOf } = shopHouse(mode);

  /** Past the client, as services in other languages start runs. */
  async function startPast(
    input: Sent,
    { workflowId = `order-${randomUUID()}`, memo }: { workflowId?: string; memo?: Sent },
  ) {
    const { client } = house();
    await client.connection.workflowService.startWorkflowExecution({
      namespace: client.options.namespace,
      requestId: randomUUID(),
      workflowId,
      workflowType: { name: PlaceOrder.type },
      taskQueue: { name: PlaceOrder.queue },
      input: { payloads: [input] },
      ...(memo && { memo: { fields: { correlationId: memo } } }),
    });
    return client.workflow.getHandle(workflowId);
  }

  /** The run failed, as a run; no task of it was tried again. */
  async function refusalOf(run: WorkflowHandle): Promise<string> {
    const failure: unknown = await run.result().catch((error: unknown) => error);
    expect(failure).toMatchObject({ cause: { type: 'InvalidInput' } });
    const { events } = await run.fetchHistory();
    expect(events?.filter(({ workflowTaskFailedEventAttributes: failed }) => failed)).toEqual([]);
    return String((failure as Error).cause);
  }

  it('is closed to input that the contract does not allow, and each field is named', async () => {
    const order = { orderId: 7, pieces: 0.5 } as unknown as Order;
    expect(await refusalOf(await start(order))).toMatch(/\/orderId .*\/pieces /);
  });

  it.each(undecodable)('is closed to input that is %s, whatever the memo is', async (_what, input) => {
    await refusalOf(await startPast(input, { memo: input }));
  });

  it('is closed under an id that the contract does not make of the input', async () => {
    const order = anOrder();
    const refusal = await refusalOf(await startPast(json(order), { workflowId: 'order-of-somebody-else' }));
    expect(refusal).toContain(`belongs to the workflow id "${PlaceOrder.id.of(order)}"`);
    expect(shop.done(order)).toEqual([]);
  });

  it.each<[string, Sent | undefined]>([
    ['is not there', undefined],
    ['cannot be decoded', noJson],
    ['is no text', json(7)],
    ['is 20 KB long', json('x'.repeat(20_000))],
    ['no header can carry', json('two\nlines')],
  ])('is open under a correlation id that %s: the run goes by its own id', async (_what, memo) => {
    const order = anOrder();
    const workflowId = PlaceOrder.id.of(order);
    const run = await startPast(json(order), { workflowId, ...(memo && { memo }) });
    expect(await run.result()).toMatchObject({ status: 'placed' });
    expect(new Set(shop.attempts.flatMap((a) => (a.orderId === order.orderId ? [a.correlationId] : [])))).toEqual(
      new Set([workflowId]),
    );
  });

  it('takes a cancel whose words cannot be decoded for a cancel', async () => {
    const order = anOrder();
    const { client } = house();
    const cancel = () =>
      client.connection.workflowService.signalWorkflowExecution({
        namespace: client.options.namespace,
        workflowExecution: { workflowId: runOf(order).workflowId },
        signalName: 'cancel',
        input: { payloads: [noJson] },
      });
    shop.plan(order, 'charge', turns.before(cancel));
    const run = await start(order, { fastPath: false });
    expect(await run.result()).toMatchObject({ status: 'cancelled', reason: 'unreadable' });
  });
});
