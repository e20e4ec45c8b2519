import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { describeOnEachDatabase, effectsOn, fresh } from './harness.fixture.ts';
import { paystackAt } from './paystack.fixture.ts';

describeOnEachDatabase('Paystack', (at) => {
  const paystack = paystackAt(at);
  const verify = (reference: string) => paystack.get(`/transaction/verify/${encodeURIComponent(reference)}`);
  const initialize = (more: object = {}) =>
    paystack.post('/transaction/initialize', { email: 'u-ada@passengers.longhaul.test', amount: 5_000, ...more });

  it('charges a saved card, and the charge can be looked up', async () => {
    const [reference, user] = [fresh('payment=a.b-'), fresh('u')];
    const charged = await paystack.charge(reference, user, 5_000, 'p/chargeCard');
    expect(charged).toMatchObject({
      status: 200,
      body: { status: true, message: 'Charge attempted' },
      data: {
        status: 'success',
        reference,
        amount: 5_000,
        currency: 'NGN',
        domain: 'test',
        channel: 'card',
        metadata: '',
      },
    });
    const { transaction_date: paidAt, ...told } = charged.data;
    expect((await verify(reference)).data).toEqual({ ...told, paid_at: paidAt, requested_amount: 5_000 });
    const { journal, calls, gatewayTransactions } = await at().sandbox.evidence();
    expect(journal.filter((entry) => entry.effect === 'card-charged' && entry.reference === reference)).toMatchObject([
      { service: 'paystack', key: 'p/chargeCard', user, money: { amount: 5_000, currency: 'NGN' }, status: 'success' },
    ]);
    expect(calls.find(({ key }) => key === 'p/chargeCard')).toMatchObject({
      service: 'paystack',
      attempt: 1,
      status: 200,
    });
    expect(gatewayTransactions).toContainEqual({
      ...{ reference, user, money: { amount: 5_000, currency: 'NGN' }, status: 'success', refunds: [] },
    });
  });

  it('accepts each reference once, and ignores idempotency keys: a repeat is refused', async () => {
    const reference = fresh('ref');
    await paystack.charge(reference, 'u-1', 5_000, 'p/once');
    const duplicate = { status: 400, body: { status: false, code: 'duplicate_reference', type: 'validation_error' } };
    expect(await paystack.charge(reference, 'u-1', 5_000, 'p/once')).toMatchObject(duplicate);
    expect(await initialize({ reference })).toMatchObject(duplicate);
    expect(await effectsOn(at(), reference)).toEqual(['card-charged']);
    const { calls } = await at().sandbox.evidence();
    expect(calls.filter(({ key }) => key === 'p/once').map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 200],
      [2, 400],
    ]);
  });

  it('charges once for many concurrent requests with the same reference', async () => {
    const reference = fresh('ref');
    const answers = await Promise.all(Array.from({ length: 6 }, () => paystack.charge(reference, 'u-1')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400, 400, 400]);
  });

  it.each([
    ['u-declined-1', 'Declined'],
    ['u-broke-1', 'Insufficient Funds'],
  ])('says at 200 that a card was not charged: %s', async (user, response) => {
    const reference = fresh('ref');
    expect(await paystack.charge(reference, user)).toMatchObject({
      status: 200,
      body: { status: true },
      data: { status: 'failed', gateway_response: response, fees: null },
    });
    expect((await verify(reference)).data.status).toBe('failed');
  });

  it('has the decision of a slow bank at the second look-up', async () => {
    const reference = fresh('ref');
    const states = [(await paystack.charge(reference, 'u-pending')).data.status];
    for (let times = 1; times <= 3; times++) states.push((await verify(reference)).data.status);
    expect(states).toEqual(['pending', 'pending', 'success', 'success']);
    expect(await effectsOn(at(), reference)).toEqual(['card-charged', 'card-charged']);
  });

  it('refuses invalid requests, and callers without the secret', async () => {
    const refused = {
      status: 400,
      body: { status: false, code: 'invalid_params', meta: { nextStep: expect.any(String) } },
    };
    for (const wrong of [{ amount: 0 }, { amount: 1.5 }, { amount: -1 }, { amount: 'a lot' }, { currency: 'XOF' }]) {
      expect(await initialize(wrong)).toMatchObject(refused);
    }
    for (const reference of ['a_b', 'a b', '']) expect(await initialize({ reference })).toMatchObject(refused);
    expect(await paystack.send('/transaction/initialize', { method: 'POST', body: '{"email":' })).toMatchObject(
      refused,
    );
    for (const authorization of ['', 'Bearer sk_test_other', 'sk_test_longhaul']) {
      expect(await paystack.send('/refund', { headers: { authorization } })).toMatchObject({
        status: 401,
        body: { status: false, code: 'invalid_Key' },
      });
    }
    expect(await verify('nobody-knows')).toMatchObject({ status: 404, body: { code: 'transaction_not_found' } });
  });

  it('opens a checkout, which can be paid once on its page', async () => {
    const reference = fresh('top-up=1-');
    const opened = await initialize({ reference, metadata: { topUpId: 't-1' } });
    expect(opened.data).toEqual({
      authorization_url: `${at().sandbox.url}/checkout/${String(opened.data.access_code)}`,
      access_code: expect.any(String),
      reference,
    });
    expect((await verify(reference)).data).toMatchObject({ status: 'abandoned', paid_at: null });
    const page = String(opened.data.authorization_url);
    const shown = await (await fetch(page)).text();
    expect(shown).toContain('NGN 50.00');
    const action = /action="([^"]+)"/.exec(shown)?.[1] ?? '';
    const pay = () => fetch(at().sandbox.url + action, { method: 'POST', body: new URLSearchParams() });
    expect([(await pay()).status, (await pay()).status]).toEqual([200, 409]);
    expect((await verify(reference)).data).toMatchObject({
      ...{ status: 'success', amount: 5_000, metadata: { topUpId: 't-1' } },
    });
    expect(await effectsOn(at(), reference)).toEqual(['checkout-opened', 'checkout-paid']);
    expect((await fetch(`${at().sandbox.url}/checkout/nowhere`)).status).toBe(404);
  });

  it('can be paid with another amount than requested, which the look-up shows', async () => {
    const reference = fresh('ref');
    await initialize({ reference });
    await at().sandbox.pay(reference, { amount: 4_999 });
    expect((await verify(reference)).data).toMatchObject({ amount: 4_999, requested_amount: 5_000, status: 'success' });
    await expect(at().sandbox.pay(reference)).rejects.toThrow(
      `The checkout could not be paid [${reference}: paid-before]`,
    );
    await expect(at().sandbox.pay('nobody-knows')).rejects.toThrow('no-such-checkout');
  });

  it('is affected by the fault plan like any service', async () => {
    const reference = fresh('ref');
    const rule = { service: 'paystack', route: 'POST /transaction/charge_authorization', kind: 'lost-answer' } as const;
    at().sandbox.faults.set({ seed: 1, rules: [{ ...rule, attempts: { to: 1 }, key: `^${reference}/` }] });
    await expect(paystack.charge(reference, 'u-1', 5_000, `${reference}/charge`)).rejects.toThrow();
    at().sandbox.faults.clear();
    expect((await verify(reference)).data.status).toBe('success');
  });

  it('completes a slow charge, although the caller has disconnected', async () => {
    const reference = fresh('ref');
    const gone = paystack.send('/transaction/charge_authorization', {
      method: 'POST',
      body: JSON.stringify({ email: 'a@b', amount: 1, reference, authorization_code: 'AUTH_u-slow-card' }),
      signal: AbortSignal.timeout(200),
    });
    await expect(gone).rejects.toThrow();
    while ((await paystack.get(`/transaction/verify/${reference}`)).status === 404) await wait(100);
    expect(await effectsOn(at(), reference)).toEqual(['card-charged']);
  });
});
