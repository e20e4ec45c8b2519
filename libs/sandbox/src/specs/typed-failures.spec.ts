import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { faultKinds, typedFailures, type TypedFailure } from '../index.ts';
import { typedFailureOf } from '../typed-failures.ts';
import { departureAt, describeWithSandbox, fare, fresh, hold, type Answer, type Harness } from './harness.fixture.ts';

/** Each waits for the failure itself, and all at once share one database. */
const slowMs = 60_000;

/** Sends the request that a value is typed into, with everything before it done. */
async function request(at: Harness, route: string, name: string): Promise<(key: string) => Promise<Answer>> {
  const chargeId = fresh('charge');
  const charge = { chargeId, user: name, fare };
  if (route === 'POST /charges/:chargeId/refunds') {
    await at.post('/payment/charges', charge);
    const body = { refundId: fresh('refund') };
    return (key) => at.post(`/payment/charges/${chargeId}/refunds`, body, { key });
  }
  const bodies: Record<string, [string, unknown]> = {
    'POST /charges': ['/payment/charges', charge],
    'POST /notices': ['/notification/notices', { user: name, template: 'booking-confirmed', data: {} }],
    'POST /holds': ['/booking/holds', hold({ bus: name })],
    'POST /manifests/passengers': [
      '/fleet/manifests/passengers',
      { trip: { bus: name, departureAt }, bookingId: fresh('bk'), seat: '1A' },
    ],
  };
  const [path, body] = bodies[route] ?? [];
  if (path === undefined) throw new Error(`No request is known for this route [${route}]`);
  return (key) => at.post(path, body, { key });
}

async function behavesAs(at: Harness, { route, happens }: TypedFailure, name: string): Promise<void> {
  const send = await request(at, route, name);
  const key = fresh('key');
  if ('refusal' in happens) {
    expect(await send(key)).toMatchObject({ status: happens.status, body: { code: happens.refusal } });
    return;
  }
  for (let attempt = 1; attempt <= (happens.attempts ?? 0); attempt++) expect((await send(key)).status).toBe(503);
  expect((await send(key)).status).toBeLessThan(300);
  const { calls } = await at.sandbox.evidence();
  const bitten = calls.filter((call) => call.key === key && call.fault === happens.fault);
  expect(bitten).toHaveLength(happens.attempts ?? 1);
}

describeWithSandbox('A value that a person can type', (at) => {
  it.concurrent.each(typedFailures.map((failure) => [failure.value, failure] as const))(
    'does what the table says: %s',
    async (value, failure) => {
      await Promise.all([value, `${value}-2`].map((name) => behavesAs(at(), failure, name)));
    },
    slowMs,
  );

  it('is told from a longer one that begins alike', () => {
    expect(typedFailureOf('b-full-manifest-3')?.value).toBe('b-full-manifest');
    expect(typedFailureOf('b-full-3')?.value).toBe('b-full');
    expect(typedFailureOf('b-fullest')).toBeUndefined();
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

it('stands in the table of docs/sandbox.md, with what happens', () => {
  const answerTo = ({ happens }: TypedFailure) => {
    if ('refusal' in happens) return `${happens.status} \`${happens.refusal}\``;
    return happens.fault === 'delay' ? 'late' : `503, ${happens.attempts} times`;
  };
  expect(rowsOf('Values that fail')).toEqual(
    typedFailures.map((row) => [`\`${row.value}\``, row.service, `\`${row.route}\``, answerTo(row), row.story]),
  );
});

it('is not the only way to fail: the kinds of the fault plan stand in docs/sandbox.md too', () => {
  expect(rowsOf('The fault plan').filter((cells) => cells.length === 2)).toEqual(
    Object.entries(faultKinds).map(([kind, does]) => [`\`${kind}\``, does]),
  );
});
