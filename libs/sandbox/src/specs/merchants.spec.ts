import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { describeOnEachDatabase, describeWithSandbox, effectsOn, fresh } from './harness.fixture.ts';

interface Endpoint {
  readonly url: string | null;
  readonly secrets: readonly string[];
  readonly state: string;
}

describeOnEachDatabase('The endpoint of a merchant', (at) => {
  const endpointOf = async (merchant: string) =>
    (await at().get(`/payment/merchants/${merchant}/endpoint`)).body as unknown as Endpoint;
  const mark = (merchant: string, body: object) => at().post(`/payment/merchants/${merchant}/endpoint/state`, body);

  it('exists for every merchant, with its own constant secret', async () => {
    const [one, other] = [await endpointOf('m-one'), await endpointOf('m-two')];
    expect(one).toEqual({
      ...{ url: `${at().sandbox.url}/merchant/m-one/hooks`, state: 'active' },
      secrets: [expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)],
    });
    expect(await endpointOf('m-one')).toEqual(one);
    expect(other.secrets).not.toEqual(one.secrets);
  });

  it('is marked failing, disabled, and active again', async () => {
    const merchant = fresh('m');
    const states: unknown[] = [];
    const reason = { eventId: 'evt-p-1', reason: 'no answer for three days' };
    for (const request of [
      { state: 'failing', ...reason },
      { state: 'disabled', ...reason },
      { state: 'failing', ...reason },
      { state: 'active' },
    ]) {
      expect((await mark(merchant, request)).status).toBe(201);
      states.push((await endpointOf(merchant)).state);
    }
    expect(states).toEqual(['failing', 'disabled', 'disabled', 'active']);
    expect(await effectsOn(at(), merchant)).toEqual(['endpoint-marked', 'endpoint-marked', 'endpoint-marked']);
    expect((await at().sandbox.evidence()).endpoints).toContainEqual({ merchant, state: 'active' });
    expect((await mark(merchant, { state: 'failing' })).status).toBe(400);
  });

  it('has only the events of its own merchant', async () => {
    const [paymentId, merchant] = [fresh('pay'), fresh('m')];
    const about = { user: fresh('u'), merchant, money: { amount: 1, currency: 'NGN' } };
    const closing = { state: 'declined', reason: 'Declined', ...about };
    const { eventId } = (await at().post(`/payment/payments/${paymentId}/closing`, closing)).body;
    const event = (who: string) => at().get(`/payment/merchants/${who}/events/${String(eventId)}`);
    expect((await event(merchant)).status).toBe(200);
    expect(await event(fresh('m'))).toMatchObject({ status: 404, body: { code: 'no-such-event' } });
  });
});

describeWithSandbox("A merchant's server", (at) => {
  const body = JSON.stringify({ type: 'payment.completed', sequence: 3, data: { paymentId: 'p-1' } });
  const send = async (merchant: string, more: { signed?: string; secret?: number; secondsAgo?: number } = {}) => {
    const { signed = body, secret = 0, secondsAgo = 0 } = more;
    const { secrets } = (await at().get(`/payment/merchants/${merchant}/endpoint`)).body as unknown as Endpoint;
    const eventId = fresh('evt');
    const at_ = new Date(Date.now() - secondsAgo * 1_000);
    const headers = {
      'content-type': 'application/json',
      'webhook-id': eventId,
      'webhook-timestamp': String(Math.floor(at_.getTime() / 1_000)),
      'webhook-signature': new Webhook(secrets[secret] ?? '').sign(eventId, at_, signed),
    };
    const url = `${at().sandbox.urls.merchant}/${merchant}/hooks`;
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
    const { journal } = await at().sandbox.evidence();
    const received = journal.filter((entry) => entry.effect === 'webhook-received' && entry.eventId === eventId);
    return { status: answer.status, headers: answer.headers, received };
  };

  it('accepts a signed event, and records it', async () => {
    const merchant = fresh('m');
    const { status, received } = await send(merchant);
    expect(status).toBe(200);
    expect(received).toMatchObject([
      {
        ...{ service: 'merchant', merchant, valid: true, type: 'payment.completed', sequence: 3, paymentId: 'p-1' },
        ...{ timestamp: expect.any(Number), bodyDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    ]);
    expect(received[0]?.key).toBe((received[0] as { eventId?: string }).eventId);
  });

  it.each([
    ['other bytes than were signed', { signed: `${body} ` }],
    ['a stale time', { secondsAgo: 400 }],
  ])('does not trust %s', async (_what, more) => {
    expect(await send(fresh('m'), more)).toMatchObject({ status: 200, received: [{ valid: false }] });
  });

  it('accepts both secrets during a rotation', async () => {
    const merchant = fresh('m-rotating');
    for (const secret of [0, 1])
      expect(await send(merchant, { secret })).toMatchObject({ received: [{ valid: true }] });
  });

  it('also records an event without headers and with an invalid body', async () => {
    const merchant = fresh('m');
    const url = `${at().sandbox.urls.merchant}/${merchant}/hooks`;
    expect((await fetch(url, { method: 'POST', body: 'null' })).status).toBe(200);
    const { journal } = await at().sandbox.evidence();
    expect(journal.find((entry) => entry.effect === 'webhook-received' && entry.merchant === merchant)).toMatchObject({
      ...{ eventId: null, timestamp: null, valid: false, type: null, sequence: null, paymentId: null, key: null },
    });
  });

  it.each([
    ['m-dead', 500],
    ['m-gone', 410],
    ['m-redirect', 302],
  ])('of %s takes nothing, and the call is in the log', async (merchant, status) => {
    const answer = await send(merchant);
    expect(answer).toMatchObject({ status, received: [] });
    expect(answer.headers.get('location')).toBe(status === 302 ? 'http://127.0.0.1:1/' : null);
    const { calls } = await at().sandbox.evidence();
    expect(calls.filter((call) => call.service === 'merchant').at(-1)).toMatchObject({ status });
  });
});
