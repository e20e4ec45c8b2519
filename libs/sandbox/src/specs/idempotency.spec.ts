import { expect, it } from 'vitest';
import { describeOnEachDatabase, effectsOn, fare, fresh, hold } from './harness.fixture.ts';

describeOnEachDatabase('An Idempotency-Key', (at) => {
  const charge = (user = fresh('u')) => ({ chargeId: fresh('charge'), user, fare });

  it('gives a repeat the first answer, without a second effect', async () => {
    const [key, body] = [fresh('key'), charge()];
    const first = await at().post('/payment/charges', body, { key });
    const again = await at().post('/payment/charges', body, { key });
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await effectsOn(at(), body.chargeId)).toEqual(['charge-captured']);
  });

  it('gives a repeat of a refused request the same refusal, even if it would succeed now', async () => {
    const [key, request] = [fresh('key'), await hold(at())];
    await at().post(`/booking/holds/${request.holdId}/renewal`, { ttlSeconds: 60 }, { key });
    await at().post('/booking/holds', request);
    const again = await at().post(`/booking/holds/${request.holdId}/renewal`, { ttlSeconds: 60 }, { key });
    expect(again).toMatchObject({ status: 409, body: { code: 'hold-lapsed' } });
    expect(again.headers.get('content-type')).toContain('application/problem+json');
  });

  it('is refused with another body or on another route of the service', async () => {
    const [key, body] = [fresh('key'), charge()];
    await at().post('/payment/charges', body, { key });
    const otherBody = await at().post('/payment/charges', { ...body, fare: { ...fare, amount: 1 } }, { key });
    const otherRoute = await at().post(`/payment/charges/${body.chargeId}/refunds`, { refundId: fresh('r') }, { key });
    for (const answer of [otherBody, otherRoute]) {
      expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    }
    expect(await effectsOn(at(), body.chargeId)).toEqual(['charge-captured']);
  });

  it('has one effect for many concurrent requests', async () => {
    const [key, body] = [fresh('key'), charge()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => at().post('/payment/charges', body, { key })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(9);
    expect(await effectsOn(at(), body.chargeId)).toEqual(['charge-captured']);
    const { calls } = await at().sandbox.evidence();
    const attempts = calls.filter((call) => call.key === key).map(({ attempt }) => attempt);
    expect(attempts.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('is required for every request with an effect', async () => {
    const answer = await at().post('/payment/charges', charge(), { key: '' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
  });

  it('can still be used after an invalid request', async () => {
    const [key, body] = [fresh('key'), charge()];
    expect((await at().post('/payment/charges', { ...body, fare: -1 }, { key })).status).toBe(400);
    expect((await at().post('/payment/charges', body, { key })).status).toBe(201);
  });
});
