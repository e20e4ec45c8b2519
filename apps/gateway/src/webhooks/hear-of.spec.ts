import { Unavailable, WorkflowsDisabled } from '@longhaul/client';
import { HandleDispute, RefundPayment, SettleLateCharge, TopUpWallet, type HeardEvent } from '@longhaul/contracts';
import type { GatewayConcern } from '@longhaul/service-clients';
import { beforeEach, describe, expect, test } from 'vitest';
import { fakeLonghaul, type FakeLonghaul } from '../fake-longhaul.fixture.ts';
import { hearOf } from './hear-of.ts';

let longhaul: FakeLonghaul;
beforeEach(() => {
  longhaul = fakeLonghaul();
});

const hear = (heard: Partial<HeardEvent>) =>
  hearOf(
    longhaul,
    { event: 'charge.success', reference: 'top-up-u-ada.t_1', concern: { kind: 'none' }, openRefunds: [], ...heard },
    'c-1',
  );
const topUpThatIs = (state: string, credited: string | null = null): GatewayConcern => ({
  ...{ kind: 'top-up', topUpId: 'u-ada.t_1', state, credited },
});
const paymentThatIs = (state: string): GatewayConcern => ({ kind: 'payment', paymentId: 'u-ada.p-1', state });
const topUp = () =>
  longhaul.start(TopUpWallet, { topUpId: 't_1', userId: 'u-ada', money: { amount: 500_000, currency: 'NGN' } });
const callsOfKind = (kind: string) => longhaul.calls.filter(({ call }) => call === kind).map((made) => made.with);
const late = { type: SettleLateCharge.type, input: { reference: 'top-up-u-ada.t=1' }, correlationId: 'c-1' };

describe('a charge', () => {
  test('for a waiting top-up is signalled to its run', async () => {
    await topUp();
    expect(await hear({ concern: topUpThatIs('waiting') })).toBe('told');
    expect(callsOfKind('signal charged')).toMatchObject([{ workflowId: 'top-up-u-ada.t_1' }]);
  });

  test.each([
    ['has just ended', () => longhaul.end('top-up-u-ada.t_1')],
    ['is forgotten', () => longhaul.runs.clear()],
  ])('whose top-up %s is settled late', async (_what, happens) => {
    await topUp();
    happens();
    const reference = 'top-up-u-ada.t=1';
    expect(await hear({ concern: topUpThatIs('waiting'), reference })).toBe('late');
    expect(callsOfKind('start').at(-1)).toMatchObject(late);
  });

  test.each([['expired'], ['cancelled'], ['refused'], ['failed'], ['settled-by-hand']])(
    'for a top-up that is %s is settled late, once',
    async (state) => {
      const heard = { concern: topUpThatIs(state), reference: 'top-up-u-ada.t=1' };
      expect([await hear(heard), await hear(heard)]).toEqual(['late', 'late']);
      expect([...longhaul.runs.keys()]).toEqual(['late-top-up-u-ada.t=1']);
      expect(callsOfKind('start')[0]).toMatchObject(late);
    },
  );

  test('for a top-up that was credited with the charge of another page is settled late', async () => {
    const concern = topUpThatIs('credited', 'top-up-u-ada.t=1..2');
    expect(await hear({ concern, reference: 'top-up-u-ada.t=1' })).toBe('late');
    expect(callsOfKind('start')[0]).toMatchObject(late);
  });

  test('that the ended run has already settled is not settled twice', async () => {
    await longhaul.start(SettleLateCharge, { reference: 'top-up-u-ada.t=1' });
    const run = longhaul.run('late-top-up-u-ada.t=1');
    // The memo of a run that another run has started.
    run.description = {
      ...run.description,
      memo: { ...run.description.memo!, inputDigest: 'started by top-up-u-ada.t_1' },
    };
    expect(await hear({ concern: topUpThatIs('expired'), reference: 'top-up-u-ada.t=1' })).toBe('late');
    expect(longhaul.runs.size).toBe(1);
  });

  test.each([['declined'], ['failed'], ['cancelled'], ['invalid']])(
    'for a payment that is %s is settled late',
    async (state) => {
      expect(await hear({ concern: paymentThatIs(state), reference: 'payment-u-ada.p-1' })).toBe('late');
      expect([...longhaul.runs.keys()]).toEqual(['late-payment-u-ada.p-1']);
    },
  );

  test.each<[string, GatewayConcern]>([
    ['for a credited top-up', topUpThatIs('credited', 'top-up-u-ada.t_1')],
    ['for a processing payment', paymentThatIs('processing')],
    ['for a completed payment', paymentThatIs('completed')],
    ['with an unknown reference', { kind: 'none' }],
  ])('%s is no news', async (_what, concern) => {
    expect(await hear({ concern })).toBe('nothing');
    expect(longhaul.calls).toEqual([]);
  });
});

describe('a refund with a new state', () => {
  const refund = (refundId: string) =>
    longhaul.start(RefundPayment, { paymentId: 'u-ada.p-1', refundId, reason: 'Wrong size' });
  const moved = { event: 'refund.processed', concern: paymentThatIs('completed'), reference: 'payment-u-ada.p-1' };
  const openRefunds = ['refund-u-ada.p-1-r1', 'refund-u-ada.p-1-r2'];

  test('is signalled to every run that waits for a refund of this charge', async () => {
    await refund('r1');
    await refund('r2');
    expect(await hear({ ...moved, openRefunds })).toBe('told');
    expect(callsOfKind('signal refundMoved')).toMatchObject(openRefunds.map((workflowId) => ({ workflowId })));
  });

  test('is signalled to the other runs if one has ended', async () => {
    await refund('r1');
    await refund('r2');
    longhaul.end('refund-u-ada.p-1-r1');
    expect(await hear({ ...moved, openRefunds })).toBe('told');
    longhaul.end('refund-u-ada.p-1-r2');
    expect(await hear({ ...moved, openRefunds })).toBe('nothing');
  });

  test('is ignored if no refund is open', async () => {
    expect(await hear(moved)).toBe('nothing');
    expect(longhaul.calls).toEqual([]);
  });
});

describe('a dispute', () => {
  const reference = 'payment-u-ada.p-1';
  const dispute = (what: string) => ({
    ...{ event: `charge.dispute.${what}`, disputeId: '358950', reference, concern: paymentThatIs('completed') },
  });
  const input = { disputeId: '358950', reference };

  test('starts one run, however often it is reported', async () => {
    expect([await hear(dispute('create')), await hear(dispute('create'))]).toEqual(['told', 'told']);
    expect([...longhaul.runs.keys()]).toEqual(['dispute-358950']);
    expect(callsOfKind('start')[0]).toMatchObject({ type: HandleDispute.type, input, correlationId: 'c-1' });
    expect(callsOfKind('signal disputeMoved')).toEqual([]);
  });

  test.each([['remind'], ['resolve']])('that is reported again [%s] is signalled to its run', async (what) => {
    await hear(dispute('create'));
    expect(await hear(dispute(what))).toBe('told');
    expect(callsOfKind('signal disputeMoved')).toMatchObject([{ workflowId: 'dispute-358950' }]);
  });

  test.each([['remind'], ['resolve']])('whose first event was lost gets its run at the next one [%s]', async (what) => {
    expect(await hear(dispute(what))).toBe('told');
    expect([...longhaul.runs.keys()]).toEqual(['dispute-358950']);
  });

  test('that is over starts no second run when it is reported again', async () => {
    await hear(dispute('create'));
    longhaul.end('dispute-358950');
    expect(await hear(dispute('remind'))).toBe('told');
    expect(longhaul.runs.size).toBe(1);
  });

  test.each<[string, GatewayConcern]>([
    ['of a payment that is not completed yet', paymentThatIs('processing')],
    ['of a payment that failed', paymentThatIs('failed')],
    ['of a top-up', topUpThatIs('credited', 'top-up-u-ada.t_1')],
  ])('%s gets its run all the same', async (_what, concern) => {
    expect(await hear({ ...dispute('create'), concern })).toBe('told');
  });

  test.each([
    ['with an unknown reference', { concern: { kind: 'none' } as const }],
    ['without a number', { disputeId: undefined }],
    ['with an invalid number', { disputeId: '../1' }],
    ['of an unknown kind', { event: 'charge.dispute.reopened' }],
  ])('%s is no news', async (_what, odd) => {
    expect(await hear({ ...dispute('create'), ...odd })).toBe('nothing');
    expect(longhaul.calls).toEqual([]);
  });
});

test.each([['charge.failed'], ['transfer.success'], ['CHARGE.SUCCESS']])(
  'an unknown event is ignored [%s]',
  async (event) => {
    expect(await hear({ event, concern: topUpThatIs('waiting') })).toBe('nothing');
    expect(longhaul.calls).toEqual([]);
  },
);

test.each([
  ['a charge for a waiting top-up', { concern: topUpThatIs('waiting') }],
  ['a late charge', { concern: topUpThatIs('expired') }],
  ['a dispute', { event: 'charge.dispute.create', disputeId: '7', concern: paymentThatIs('completed') }],
  ['a refund', { event: 'refund.failed', openRefunds: ['refund-u-ada.p-1-r1'] }],
])('%s is not taken for handed on while Temporal is away', async (_what, heard) => {
  longhaul.away = true;
  await expect(hear(heard)).rejects.toThrow(Unavailable);
});

test('a late charge is refused while starts are switched off, so that Paystack repeats it', async () => {
  longhaul = fakeLonghaul({ enabled: false });
  await expect(hear({ concern: topUpThatIs('expired') })).rejects.toThrow(WorkflowsDisabled);
});
