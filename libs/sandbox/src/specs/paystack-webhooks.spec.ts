import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeWithSandbox, fresh, startHarness } from './harness.fixture.ts';
import { paystackAt, receiver } from './paystack.fixture.ts';

describeWithSandbox("The card gateway's events", (at) => {
  const paystack = paystackAt(at);
  const email = 'u-ada@passengers.longhaul.test';
  const charge = async (user = fresh('u')) => {
    const reference = fresh('ref');
    await paystack.charge(reference, user);
    return reference;
  };
  const plan = (kind: string, event: string, more: object = {}) =>
    at().sandbox.faults.set({ seed: 1, rules: [{ kind: kind as 'webhook-lost', route: `WEBHOOK ${event}`, ...more }] });
  const listen = (answer?: Parameters<typeof receiver>[0]) => {
    const ours = receiver(answer);
    at().sandbox.webhooksTo(ours.handler);
    return ours;
  };
  const drained = () => at().sandbox.webhooks.drained();

  it('report successful charges only', async () => {
    const heard = listen();
    const [card, checkout, declined] = [await charge(), fresh('ref'), await charge('u-declined')];
    await paystack.post('/transaction/initialize', { email, amount: 700, reference: checkout });
    await drained();
    expect([heard.about(card), heard.about(checkout), heard.about(declined)]).toEqual([['charge.success'], [], []]);
    await at().sandbox.pay(checkout, { amount: 699 });
    await drained();
    expect(heard.told.find(({ data }) => data.reference === checkout)).toMatchObject({
      event: 'charge.success',
      data: { status: 'success', amount: 699, currency: 'NGN', id: expect.any(Number) },
    });
  });

  it('report a charge of a slow bank when it has decided', async () => {
    const heard = listen();
    const reference = await charge('u-pending');
    await drained();
    expect(heard.about(reference)).toEqual([]);
    for (let times = 0; times < 3; times++) await paystack.get(`/transaction/verify/${reference}`);
    await drained();
    expect(heard.about(reference)).toEqual(['charge.success']);
  });

  it('report each state of a refund once, with its amount as text', async () => {
    const heard = listen();
    const reference = await charge();
    await paystack.post('/refund', { transaction: reference, amount: 1_000 });
    at().pass(10);
    await Promise.all([at().sandbox.moveRefunds(), paystack.get('/refund'), at().sandbox.moveRefunds()]);
    await drained();
    expect(heard.about(reference)).toEqual([
      'charge.success',
      'refund.pending',
      'refund.processed',
      'refund.processing',
    ]);
    const [pending, processed] = ['pending', 'processed'].map((state) =>
      heard.told.find(({ data, event }) => event === `refund.${state}` && data.transaction_reference === reference),
    );
    expect(pending?.data).toMatchObject({ amount: '1000', refund_reference: null, status: 'pending' });
    expect(processed?.data.refund_reference).toEqual(expect.any(String));
  });

  it('are signed over their bytes: re-serialised JSON has another signature', async () => {
    const bodies: string[] = [];
    const signatures: string[] = [];
    at().sandbox.webhooksTo((body, signature) => {
      bodies.push(body);
      signatures.push(signature);
      return Promise.resolve(200);
    });
    await charge();
    await drained();
    const sign = (body: string) => createHmac('sha512', 'sk_test_longhaul').update(body).digest('hex');
    expect(sign(bodies.at(-1)!)).toBe(signatures.at(-1));
    expect(sign(JSON.stringify(JSON.parse(bodies.at(-1)!)))).not.toBe(signatures.at(-1));
  });

  it('are repeated until they are answered with 200', async () => {
    let up = false;
    const heard = listen(() => (up ? 200 : 500));
    const reference = await charge();
    await drained();
    await drained();
    expect(heard.about(reference)).toEqual(['charge.success']);
    up = true;
    at().pass(180);
    await drained();
    at().pass(180);
    await drained();
    expect(heard.about(reference)).toEqual(['charge.success', 'charge.success']);
  });

  it('are given up after three days', async () => {
    const heard = listen(() => 500);
    const reference = await charge();
    await drained();
    at().pass(73 * 3_600);
    await drained();
    at().pass(3_600);
    await drained();
    expect(heard.about(reference)).toHaveLength(2);
  });

  it.each([
    ['webhook-lost', []],
    ['webhook-twice', ['charge.success', 'charge.success']],
    ['webhook-forged', ['charge.success', 'charge.success, forged']],
  ])('come as the fault plan says: %s', async (kind, expected) => {
    const heard = listen();
    plan(kind, 'charge.success');
    const reference = await charge();
    await paystack.post('/refund', { transaction: reference });
    await drained();
    at().sandbox.faults.clear();
    expect(heard.about(reference)).toEqual([...expected, 'refund.pending']);
  });

  it('are delayed by the fault plan, and sent once', async () => {
    const heard = listen();
    plan('webhook-late', 'charge.success', { delayMs: 600_000 });
    const reference = await charge();
    await drained();
    expect(heard.about(reference)).toEqual([]);
    at().pass(600);
    await drained();
    at().sandbox.faults.clear();
    await drained();
    expect(heard.about(reference)).toEqual(['charge.success']);
  });

  it('are affected only by matching rules', async () => {
    const heard = listen();
    const [other, mine] = [fresh('ref'), fresh('ref')];
    plan('webhook-lost', 'charge.success', { key: `^${other}$` });
    for (const reference of [other, mine]) await paystack.charge(reference, 'u-1');
    await drained();
    at().sandbox.faults.clear();
    expect([heard.about(other), heard.about(mine)]).toEqual([[], ['charge.success']]);
  });
});

describe("The card gateway's events over HTTP", () => {
  it('are sent to the configured URL, and repeated if it does not answer', async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      void buffer(request).then((body) => {
        const signature = createHmac('sha512', 'sk_other').update(body).digest('hex');
        bodies.push(signature === request.headers['x-paystack-signature'] ? body.toString() : 'not signed');
        response.writeHead(bodies.length === 1 ? 404 : 200).end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const at = await startHarness({
      paystackSecret: 'sk_other',
      paystackWebhookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
      webhookRetryMs: 50,
      clock: () => Date.now(),
    });
    try {
      const charge = { email: 'a@b', amount: 1, reference: 'ref', authorization_code: 'AUTH_u-1' };
      await fetch(`${at.sandbox.urls.paystack}/transaction/charge_authorization`, {
        method: 'POST',
        headers: { authorization: 'Bearer sk_other' },
        body: JSON.stringify(charge),
      });
      while (bodies.length < 2) await wait(10);
      expect(bodies[0]).toContain('"charge.success"');
      expect(bodies[1]).toBe(bodies[0]);
    } finally {
      await at.sandbox.close();
      server.close();
    }
  });
});
