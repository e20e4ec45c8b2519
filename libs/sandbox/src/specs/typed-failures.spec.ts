import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { webhookFaultKinds } from '../faults/fault-plan.ts';
import { faultKinds, typedFailures, type TypedFailure } from '../index.ts';
import { typedFailuresIn } from '../typed-failures.ts';
import { departureAt, describeWithSandbox, fare, fresh, hold, type Answer, type Harness } from './harness.fixture.ts';
import { paystackAt } from './paystack.fixture.ts';

const { typedValueOf } = typedFailuresIn(typedFailures);

/** Some cases wait for a timeout, and all run concurrently on one database. */
const slowMs = 60_000;

const authorization = 'Bearer sk_test_longhaul';

/** Does everything that must come before the request with the typed value, and returns a function that sends it. */
async function request(at: Harness, route: string, name: string): Promise<(key: string) => Promise<Answer>> {
  const chargeId = fresh('charge');
  const charge = { chargeId, user: name, fare };
  if (route === 'POST /charges/:chargeId/refunds') {
    await at.post('/payment/charges', charge);
    const body = { refundId: fresh('refund') };
    return (key) => at.post(`/payment/charges/${chargeId}/refunds`, body, { key });
  }
  const card = { email: 'a@b', amount: 1, reference: fresh('ref'), authorization_code: `AUTH_${name}` };
  const bodies: Record<string, [string, unknown]> = {
    'POST /charges': ['/payment/charges', charge],
    'POST /transaction/charge_authorization': ['/paystack/transaction/charge_authorization', card],
    'POST /:merchant/hooks': [`/merchant/${name}/hooks`, {}],
    'POST /notices': ['/notification/notices', { user: name, template: 'booking-confirmed', data: {} }],
    'POST /holds': ['/booking/holds', await hold(at, { bus: name })],
    'POST /manifests/passengers': [
      '/fleet/manifests/passengers',
      { trip: { bus: name, departureAt }, bookingId: fresh('bk'), seat: '1A' },
    ],
  };
  const [path, body] = bodies[route] ?? [];
  if (path === undefined) throw new Error(`No request is known for this route [${route}]`);
  return (key) => at.post(path, body, { key, headers: { authorization, 'webhook-id': key } });
}

/** The content of a 200 answer, as the table names it. */
async function said(at: Harness, route: string, name: string): Promise<unknown> {
  if (route === 'GET /merchants/:merchant/endpoint') {
    const { url, secrets } = (await at.get(`/payment/merchants/${name}/endpoint`)).body as Record<string, string>;
    if (secrets?.length === 2) return 'two secrets';
    return url?.startsWith(at.sandbox.url) ? 'its address' : (url ?? 'no address');
  }
  if (route === 'POST /quotes') {
    const { status, body } = await at.post('/booking/holds', await hold(at, { user: name }));
    return status === 409 && body.code === 'quote-expired' ? 'expired' : body;
  }
  const paystack = paystackAt(() => at);
  const reference = fresh('ref');
  if (route === 'GET /transaction/verify/:reference') {
    await paystack.post('/transaction/initialize', {
      email: `${name}@passengers.longhaul.test`,
      amount: 5_000,
      reference,
    });
    return (await paystack.get(`/transaction/verify/${reference}`)).data.status;
  }
  const charged = await paystack.charge(reference, name);
  if (route === 'POST /transaction/charge_authorization') return charged.data.status;
  const { data } = await paystack.post('/refund', { transaction: reference });
  at.pass(6);
  return (await paystack.get(`/refund/${String(data.id)}`)).data.status;
}

const statusOf = { 'error-before-commit': 503, 'too-many-requests': 429 } as const;

async function behavesAs(at: Harness, { route, happens }: TypedFailure, name: string): Promise<void> {
  if ('says' in happens) return expect(await said(at, route, name)).toBe(happens.says);
  const send = await request(at, route, name);
  const key = fresh('key');
  if ('refusal' in happens) {
    expect(await send(key)).toMatchObject({ status: happens.status, body: { code: happens.refusal } });
    return;
  }
  const { fault, attempts = 0, retryAfterSeconds = 1 } = happens;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { status, headers } = await send(key);
    expect(status).toBe(statusOf[fault as keyof typeof statusOf]);
    expect(headers.get('retry-after')).toBe(status === 429 ? String(retryAfterSeconds) : null);
  }
  expect((await send(key)).status).toBeLessThan(300);
  const { calls } = await at.sandbox.evidence();
  const bitten = calls.filter((call) => call.key === key && call.fault === fault);
  expect(bitten).toHaveLength(attempts || 1);
}

describeWithSandbox('A value that a person can type', (at) => {
  it.concurrent.each(typedFailures.map((failure) => [failure.value, failure.route, failure] as const))(
    'does what the table says: %s at %s',
    async (value, _route, failure) => {
      await Promise.all([value, `${value}-2`].map((name) => behavesAs(at(), failure, name)));
    },
    slowMs,
  );

  it('is distinguished from a longer one with the same beginning', () => {
    expect(typedValueOf('b-full-manifest-3')).toBe('b-full-manifest');
    expect(typedValueOf('b-full-3')).toBe('b-full');
    expect(typedValueOf('b-fullest')).toBeUndefined();
  });
});

const page = readFileSync(new URL('../../../../docs/sandbox.md', import.meta.url), 'utf8');
const rowsOf = (heading: string) =>
  (page.split(`## ${heading}\n`)[1] ?? '')
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

it('is in the table of docs/sandbox.md, with what happens', () => {
  const answerTo = ({ happens }: TypedFailure) => {
    if ('says' in happens) return `200: ${happens.says}`;
    if ('refusal' in happens) return `${happens.status} \`${happens.refusal}\``;
    if (happens.fault === 'delay') return 'late';
    const times = happens.attempts === 1 ? 'once' : `${happens.attempts} times`;
    return `${statusOf[happens.fault as keyof typeof statusOf]}, ${times}`;
  };
  expect(rowsOf('Values that fail')).toEqual(
    typedFailures.map((row) => [`\`${row.value}\``, row.service, `\`${row.route}\``, answerTo(row), row.story]),
  );
});

it('the kinds of the fault plan are in docs/sandbox.md, too', () => {
  expect(rowsOf('The fault plan').filter((cells) => cells.length === 2)).toEqual(
    Object.entries(faultKinds).map(([kind, does]) => [`\`${kind}\``, does]),
  );
});

it('the kinds of faults for events of the card gateway are in docs/sandbox.md, too', () => {
  expect(rowsOf('Money from outside').filter(([kind]) => kind?.startsWith('`webhook-'))).toEqual(
    Object.entries(webhookFaultKinds).map(([kind, does]) => [`\`${kind}\``, does]),
  );
});
