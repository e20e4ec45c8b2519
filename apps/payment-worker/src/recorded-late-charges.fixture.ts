import {
  ProcessPayment,
  SettleLateCharge,
  TopUpWallet,
  type InputOf,
  type TopUpWalletInput,
  type WorkflowContract,
} from '@longhaul/contracts';
import type { FaultRule, House } from '@longhaul/testing';
import {
  cancelNow,
  loseAnswer,
  playThrough,
  refuse,
  retry,
  seeThrough,
  settled,
  untilParked,
  type Play,
  type RecordedRun,
} from '@longhaul/testing/histories';
import { aPayment, aTopUp } from './payment.fixture.ts';

const timeToPayMs = 600_000;

interface LatePlay extends Pick<Play, 'faults' | 'parked'> {
  readonly request?: Partial<TopUpWalletInput>;
  /** The top-up was cancelled. */
  readonly cancelled?: boolean;
  readonly hoursLater?: number;
}

/** A charge that the gateway reports after its top-up has ended. */
const late = (
  name: string,
  { request = {}, cancelled = false, hoursLater = 0, ...play }: LatePlay = {},
): RecordedRun => ({
  name,
  async play(house) {
    const topUp = await house.start(TopUpWallet, aTopUp({ topUpId: `recorded-${name}`, ...request }), {
      time: 'stands',
    });
    await topUp.executeUpdate('checkout', { args: [{}] as never });
    if (cancelled) await cancelNow(house, topUp.workflowId);
    else await house.skip(topUp);
    await topUp.result();
    if (!cancelled) house.later(timeToPayMs + hoursLater * 3_600_000);

    if (play.faults) house.sandbox.faults.set({ seed: 1, rules: [...play.faults] });
    const reference = topUp.workflowId;
    await house.sandbox.pay(reference);
    await house.sandbox.webhooks.drained();
    return seeThrough(house, house.client.workflow.getHandle(SettleLateCharge.id.of({ reference })), play);
  },
});

/** A charge that the gateway reports although there is nothing to do. */
const nothingDue = (name: string, prepare: (house: House, key: string) => Promise<string>): RecordedRun => ({
  name,
  play: async (house) =>
    playThrough(house, SettleLateCharge, { reference: await prepare(house, `recorded-${name}`) }, {}),
});

const noConcern: FaultRule = { route: 'GET /top-ups/:topUpId', kind: 'refusal' };

export const recordedLateCharges: readonly RecordedRun[] = [
  late('late-credited'),
  late('late-credit-parked-then-retried', { faults: [refuse('creditWallet')], parked: retry }),
  late('late-credit-parked-then-settled', { faults: [refuse('creditWallet')], parked: settled }),
  late('late-credit-parked-then-settled-by-signal', { faults: [refuse('creditWallet')], parked: 'settled by signal' }),
  late('late-refunded', { cancelled: true }),
  late('late-refunded-after-a-day', { hoursLater: 25 }),
  late('late-refund-answer-lost', { cancelled: true, faults: [loseAnswer('sendRefund')] }),
  late('late-notice-given-up', { cancelled: true, faults: [refuse('tellPayer')] }),
  late('late-refund-failed-then-settled', {
    request: { userId: 'u-refund-fails' },
    cancelled: true,
    parked: settled,
  }),
  late('late-unread-then-settled', { cancelled: true, faults: [noConcern], parked: settled }),
  { name: 'late-refund-under-way', play: toldWhenUnderWay },
  nothingDue('late-nothing-paid', (house, topUpId) => ended(house, TopUpWallet, aTopUp({ topUpId }))),
  nothingDue('late-completed-before', (house, paymentId) => ended(house, ProcessPayment, aPayment({ paymentId }))),
  nothingDue('late-unknown-reference', (_, key) => Promise.resolve(key)),
];

/** The top-up is already refunding the charge, and is parked. */
async function toldWhenUnderWay(house: House, name: string) {
  house.sandbox.faults.set({ seed: 1, rules: [{ route: 'WEBHOOK charge.success', kind: 'webhook-lost' }] });
  const topUp = await house.start(TopUpWallet, aTopUp({ topUpId: `recorded-${name}`, userId: 'u-refund-attention' }), {
    time: 'stands',
  });
  await topUp.executeUpdate('checkout', { args: [{}] as never });
  const reference = topUp.workflowId;
  await house.sandbox.pay(reference);
  await cancelNow(house, topUp.workflowId);
  await untilParked(topUp);
  const run = await playThrough(house, SettleLateCharge, { reference }, {});
  await seeThrough(house, topUp, { parked: settled });
  return run;
}

async function ended<C extends WorkflowContract>(house: House, contract: C, input: InputOf<C>): Promise<string> {
  const run = await house.start(contract, input);
  await run.result();
  return run.workflowId;
}
