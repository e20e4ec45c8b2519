import { randomUUID } from 'node:crypto';
import { DeliverWebhook, ProcessPayment, RedeliverWebhook, type RedeliverWebhookInput } from '@longhaul/contracts';
import { houseFor, runModes, until, type House } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { placesFor, type Places } from '../activities/places.ts';
import { aPayment, paymentWorkers } from '../payment.fixture.ts';
import { mostAsksForAPlace } from './deliver-webhook.rules.ts';

const someMerchant = () => `m-${randomUUID().slice(0, 8)}`;

/** A payment, and the delivery that tells its merchant. */
async function paid(house: House, merchant: string) {
  const { eventId, status } = await (await house.start(ProcessPayment, aPayment({ merchant }))).result();
  const delivery = house.client.workflow.getHandle<() => Promise<unknown>>(
    DeliverWebhook.id.of({ eventId: eventId!, merchant }),
  );
  return { eventId: eventId!, status, delivery };
}

/** An event that its merchant has. */
async function delivered(house: House, merchant: string): Promise<Omit<RedeliverWebhookInput, 'redelivery'>> {
  const { eventId, delivery } = await paid(house, merchant);
  await delivery.result();
  return { eventId, merchant };
}

describe.each(runModes)('while merchants keep their callers waiting (%s)', (mode) => {
  const house = houseFor(mode, () => paymentWorkers({ slots: 2, places: placesFor(1), merchantTimeoutMs: 60_000 }));

  /** Servers that take a call and do not answer before they are let go. */
  function silence() {
    let letGo = (): void => undefined;
    const silent = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    /** Sends the event once more. Its time stands: it would skip from try to try while others are held. */
    async function into(event: Omit<RedeliverWebhookInput, 'redelivery'>) {
      const reached = new Promise<void>((resolve) => {
        house().atCall('before', event.eventId, () => {
          resolve();
          return silent;
        });
      });
      const wish = { ...event, redelivery: 'once-more' };
      return { run: await house().start(RedeliverWebhook, wish, { time: 'stands' }), reached };
    }
    return { letGo: () => letGo(), into };
  }

  it('a card is charged, though all slots of deliveries are taken', async () => {
    const events = [await delivered(house(), someMerchant()), await delivered(house(), someMerchant())];
    const { letGo, into } = silence();
    const held = [];
    for (const event of events) held.push(await into(event));
    await Promise.all(held.map(({ reached }) => reached));
    const other = await paid(house(), someMerchant());
    expect(other.status).toBe('completed');
    letGo();
    for (const run of [...held.map((one) => one.run), other.delivery]) {
      expect(await run.result()).toEqual({ status: 'delivered', attempts: 1 });
    }
  });

  it('another merchant is told, and what finds no place loses none of its tries', async () => {
    const silent = someMerchant();
    const events = [];
    for (let more = 0; more < 3; more += 1) events.push(await delivered(house(), silent));
    const { letGo, into } = silence();
    const held = await into(events[0]!);
    await held.reached;
    const waiting = [(await into(events[1]!)).run, (await into(events[2]!)).run];
    for (const run of waiting) await until(run, ({ stepsDone }) => stepsDone.includes('sendWebhook'));
    const other = await paid(house(), someMerchant());
    expect(await other.delivery.result()).toEqual({ status: 'delivered', attempts: 1 });
    letGo();
    for (const run of waiting) await house().skip(run);
    for (const run of [held.run, ...waiting]) expect(await run.result()).toEqual({ status: 'delivered', attempts: 1 });
  });
});

describe('a merchant who has no place for hours', () => {
  let asked = 0;
  const places: Places = {
    within: (_, noPlace, work) => ((asked += 1) <= mostAsksForAPlace ? Promise.resolve(noPlace) : work()),
  };
  const house = houseFor('cached', () => paymentWorkers({ places }));

  it('counts as one who refused the try, so that no history grows without end', async () => {
    const { delivery } = await paid(house(), someMerchant());
    expect(await delivery.result()).toEqual({ status: 'delivered', attempts: 2 });
    expect(asked).toBe(mostAsksForAPlace + 1);
  });
});
