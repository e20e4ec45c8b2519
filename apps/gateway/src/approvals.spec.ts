import { describe, expect, test } from 'vitest';
import { fakeLonghaul } from './fake-longhaul.fixture.ts';
import { gatewayForEachTest, pointersOf } from './gateway.fixture.ts';

const request = {
  requestId: 'q-1',
  initiator: 'u-ada',
  module: 'workshop',
  entityType: 'purchase-order',
  entityId: 'po-1',
  priority: 'HIGH',
  title: 'Four tyres',
  fields: [{ label: 'Price', value: '1 200 EUR' }],
  digest: '0'.repeat(64),
};
const taken = { answer: 'taken', detail: 'You have approved it.' };
const gateway = gatewayForEachTest(() => ({
  longhaul: fakeLonghaul({ answers: { approve: taken, delegate: taken, withdraw: taken } }),
}));
const runs = '/api/v1/approvals';

async function asked(participants?: readonly string[]) {
  expect((await gateway.post(runs, request)).statusCode).toBe(202);
  gateway.longhaul.run('approval-q-1').participants = participants;
}
const send = async (message: string, sub: string, body: object = {}) =>
  gateway.post(`${runs}/approval-q-1/${message}`, body, { authorization: await gateway.bearer(sub) });

describe('an approval', () => {
  test('is decided by the person of the token, whoever the body names', async () => {
    await asked(['u-boss']);
    expect((await send('approve', 'u-boss')).json()).toEqual(taken);
    expect(gateway.longhaul.calls.at(-1)).toMatchObject({ call: 'update approve', with: { input: { by: 'u-boss' } } });
    const forged = await send('approve', 'u-boss', { by: 'u-chief' });
    expect(forged.statusCode).toBe(400);
    expect(pointersOf(forged.body)).toEqual(['/by']);
  });

  test('is seen by those who take part', async () => {
    await asked(['u-boss']);
    expect((await gateway.get(`${runs}/approval-q-1/status`, await gateway.bearer('u-boss'))).statusCode).toBe(200);
  });

  test.each(['approve', 'delegate', 'withdraw'])('looks missing to everybody else who sends %s', async (message) => {
    await asked(['u-boss']);
    const body = { reason: 'x', ...(message === 'delegate' && { to: 'u-eve' }) };
    const foreign = await send(message, 'u-eve', message === 'approve' ? {} : body);
    expect(foreign.statusCode).toBe(404);
    expect(gateway.longhaul.calls.map(({ call }) => call)).not.toContain(`update ${message}`);
  });

  test('is withdrawn by its initiator, and by nobody who takes part', async () => {
    await asked(['u-boss']);
    expect((await send('withdraw', 'u-boss', { reason: 'x' })).statusCode).toBe(403);
    expect((await send('withdraw', 'u-ada', { reason: 'x' })).statusCode).toBe(200);
  });

  test('cannot be decided without a worker: the caller is told to ask again', async () => {
    await asked();
    const response = await send('approve', 'u-boss');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code: 'no-worker-answer' });
  });

  test.each([
    ['a ladder that ends nothing', { ladder: [{ does: 'remind', afterSeconds: 60 }] }, '/policy/stages/0/ladder'],
    [
      'a ladder that goes back in time',
      {
        ladder: [
          { does: 'remind', afterSeconds: 60 },
          { does: 'reject', afterSeconds: 60 },
        ],
      },
      '/policy/stages/0/ladder',
    ],
    ['nobody to decide', { who: [] }, '/policy/stages/0/who'],
  ])('with %s is refused', async (_what, part, pointer) => {
    const stage = {
      name: 'first',
      who: [{ kind: 'manager' }],
      ladder: [{ does: 'reject', afterSeconds: 60 }],
      ...part,
    };
    const response = await gateway.post(runs, { ...request, policy: { stages: [stage] } });
    expect(response.statusCode).toBe(400);
    expect(pointersOf(response.body)).toEqual([pointer]);
  });
});
