import { DeliverWebhook, ProcessPayment, RedeliverWebhook, type ProcessPaymentInput } from '@longhaul/contracts';
import { houseFor, runModes, statusOf, untilAtRest } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aPayment, paymentWorkers } from '../payment.fixture.ts';

describe.each(runModes)('the delivery of an event (%s)', (mode) => {
  const house = houseFor(mode, paymentWorkers);

  async function told(merchant: string) {
    const payment: ProcessPaymentInput = aPayment({ merchant });
    const outcome = await (await house().start(ProcessPayment, payment)).result();
    const eventId = outcome.eventId!;
    const delivery = house().client.workflow.getHandle<() => Promise<unknown>>(
      DeliverWebhook.id.of({ eventId, merchant }),
    );
    return { eventId, delivery };
  }
  const triesOf = async (eventId: string) =>
    (await house().sandbox.evidence()).calls.filter(({ service, key }) => service === 'merchant' && key === eventId);
  const endpointOf = async (merchant: string) =>
    (await house().sandbox.evidence()).endpoints.find((endpoint) => endpoint.merchant === merchant)?.state;

  /** A parked run that is left behind would be skipped past by whoever waits for another. */
  async function settled(delivery: Awaited<ReturnType<typeof told>>['delivery']) {
    const settle = { action: 'settled', by: 'Grace', note: 'the merchant was called' };
    await delivery.executeUpdate('resolve', { args: [settle] as never });
    return delivery.result();
  }

  it('is one try when the merchant is there', async () => {
    const { eventId, delivery } = await told('m-shop');
    expect(await delivery.result()).toEqual({ status: 'delivered', attempts: 1 });
    expect(await triesOf(eventId)).toMatchObject([{ status: 200 }]);
  });

  it('is repeated under the same id until the merchant is there again', async () => {
    const { eventId, delivery } = await told('m-down');
    expect(await delivery.result()).toEqual({ status: 'delivered', attempts: 4 });
    expect((await triesOf(eventId)).map(({ status }) => status)).toEqual([503, 503, 503, 200]);
  });

  it('does not go where a redirect points', async () => {
    const { delivery } = await told('m-redirect');
    await untilAtRest(delivery);
    const { attention } = await statusOf(delivery);
    expect(attention).toMatchObject({ code: 'webhook-undeliverable' });
    expect(await settled(delivery)).toMatchObject({ status: 'settled-by-hand', attempts: 10 });
  });

  it('does not lead into our own network', async () => {
    const { eventId, delivery } = await told('m-inside');
    await untilAtRest(delivery);
    const { attention } = await statusOf(delivery);
    expect(attention?.message).toMatch(/169\.254\.169\.254|address/);
    expect(await triesOf(eventId)).toEqual([]);
    await settled(delivery);
  });

  it('to a merchant who wants none is none', async () => {
    const { delivery } = await told('m-none');
    expect(await delivery.result()).toEqual({ status: 'no-endpoint', attempts: 1 });
  });

  it('to an endpoint that is gone disables it, and its owner is told', async () => {
    const { delivery } = await told('m-gone');
    expect(await delivery.result()).toEqual({ status: 'no-endpoint', attempts: 1 });
    expect(await endpointOf('m-gone')).toBe('disabled');
    const { mails } = await house().sandbox.evidence();
    expect(mails.some(({ to }) => to.startsWith('m-gone@'))).toBe(true);
  });

  it('is given up after three days: the endpoint is marked, its owner told, and a person can have it sent again', async () => {
    const merchant = 'm-dead-for-days';
    const { eventId, delivery } = await told(merchant);
    await untilAtRest(delivery);
    expect(await triesOf(eventId)).toHaveLength(10);
    expect(await endpointOf(merchant)).toBe('failing');

    const redeliver = await delivery.executeUpdate('redeliver', { args: [{ by: merchant }] as never });
    expect(redeliver).toMatchObject({ redelivered: true });
    await untilAtRest(delivery);
    expect(await triesOf(eventId)).toHaveLength(20);
    await settled(delivery);
  });

  it('to a merchant whose event it is not ends at once, and bothers nobody', async () => {
    const { eventId } = await told('m-shop');
    const again = await house().start(RedeliverWebhook, { eventId, merchant: 'm-kiosk', redelivery: 'k-1' });
    expect(await again.result()).toEqual({ status: 'no-such-event', attempts: 1 });
  });

  it('is made once more, under the same id, when the merchant asks for it', async () => {
    const { eventId, delivery } = await told('m-shop');
    await delivery.result();
    const again = await house().start(RedeliverWebhook, { eventId, merchant: 'm-shop', redelivery: 'k-1' });
    expect(await again.result()).toEqual({ status: 'delivered', attempts: 1 });
    expect(await triesOf(eventId)).toHaveLength(2);
  });
});
