import { TopUpWallet, type CheckoutAnswer, type TopUpWalletInput } from '@longhaul/contracts';
import type { FaultRule, House } from '@longhaul/testing';
import {
  cancelInTemporal,
  cancelNow,
  loseAnswer,
  playThrough,
  refuse,
  resolve,
  retry,
  settled,
  signalNow,
  untilParked,
  type Play,
  type RecordedRun,
} from '@longhaul/testing/histories';
import type { WorkflowHandle } from '@temporalio/client';
import { aTopUp } from './payment.fixture.ts';

const topUp = (
  name: string,
  { request = {}, ...play }: Play & { request?: Partial<TopUpWalletInput> } = {},
): RecordedRun => ({
  name,
  play: (house) =>
    playThrough(house, TopUpWallet, aTopUp({ topUpId: `recorded-${name}`, ...request }), { time: 'stands', ...play }),
});

async function pay({ sandbox }: House, run: WorkflowHandle, amount?: number): Promise<void> {
  const page = await run.executeUpdate<CheckoutAnswer, [object]>('checkout', { args: [{}] });
  if (page.checkout === 'closed') throw new Error(`The checkout is closed [${run.workflowId}]`);
  await sandbox.pay(page.reference, amount === undefined ? {} : { amount });
}

const paid = { meanwhile: (house: House, run: WorkflowHandle) => pay(house, run) };
const lostHint: FaultRule = { route: 'WEBHOOK charge.success', kind: 'webhook-lost' };
/** Sends `checkout` before there is a page. It is answered when it is clear that there will be none. */
const askForPage = (house: House, workflowId: string) =>
  house.client.workflow
    .getHandle(workflowId)
    .startUpdate('checkout', { args: [{}] as never, waitForStage: 'ACCEPTED' });

const whenOpen = (action: (house: House, workflowId: string) => Promise<unknown>): Pick<Play, 'meanwhile'> => ({
  async meanwhile(house, run) {
    await run.executeUpdate('checkout', { args: [{}] as never });
    await action(house, run.workflowId);
  },
});

async function paidTooLittle(house: House, run: WorkflowHandle): Promise<void> {
  await pay(house, run, 19_999);
  await untilParked(run);
}

export const recordedTopUps: readonly RecordedRun[] = [
  topUp('top-up-credited', paid),
  topUp('top-up-credited-patient', { ...paid, fastPath: false }),
  topUp('top-up-local-attempt-fails', { ...paid, faults: [loseAnswer('openTopUp')] }),
  topUp('top-up-page-answer-lost', { ...paid, faults: [loseAnswer('openCheckout/1')] }),
  topUp('top-up-hint-lost', { meanwhile: payThenSkip, faults: [lostHint] }),
  topUp('top-up-receipt-given-up', { ...paid, faults: [refuse('sendReceipt')] }),
  topUp('top-up-expired', { time: 'skips' }),
  topUp('top-up-hinted-in-vain', { meanwhile: hintInVain }),
  topUp('top-up-paid-while-it-is-closed', { at: ['closeTopUp', payMeanwhile], time: 'skips' }),
  topUp('top-up-refused', { request: { money: { amount: 5_000, currency: 'EUR' } } }),
  topUp('top-up-refused-when-asked-for-its-page', {
    faults: [{ ...refuse('openCheckout/1'), status: 400 }],
    at: ['openCheckout/1', askForPage],
  }),
  topUp('top-up-failed-at-the-page', { faults: [refuse('openCheckout/1')] }),
  topUp('top-up-closed-before', { faults: [{ ...refuse('openTopUp'), code: 'already-undone' }] }),
  topUp('top-up-cancelled', whenOpen(cancelNow)),
  topUp('top-up-cancelled-at-the-page', { fastPath: false, at: ['openCheckout/1', cancelNow] }),
  topUp('top-up-cancelled-by-signal', whenOpen(signalNow)),
  topUp('top-up-cancelled-in-temporal', whenOpen(cancelInTemporal)),
  topUp('top-up-cancelled-before-it-began', { firstSignal: { name: 'cancel', input: { reason: 'too dear' } } }),
  topUp('top-up-cancelled-too-late', { ...paid, at: ['creditWallet', signalNow] }),
  topUp('top-up-cancelled-when-paid', { faults: [lostHint], meanwhile: payThenCancel }),
  topUp('top-up-cancelled-when-paid-refund-answer-lost', {
    faults: [lostHint, loseAnswer('sendRefund')],
    meanwhile: payThenCancel,
  }),
  topUp('top-up-paid-too-little', { meanwhile: paidTooLittle, parked: 'stay' }),
  topUp('top-up-paid-too-little-then-settled', { meanwhile: paidTooLittle, parked: settled }),
  topUp('top-up-paid-too-little-then-cancelled', { meanwhile: paidTooLittle, parked: 'cancel' }),
  topUp('top-up-paid-too-little-then-looked-at-again', {
    async meanwhile(house, run) {
      await paidTooLittle(house, run);
      await resolve(run, retry);
    },
    parked: settled,
  }),
  topUp('top-up-credit-parked-then-retried', { ...paid, faults: [refuse('creditWallet')], parked: retry }),
  topUp('top-up-credit-parked-then-settled', { ...paid, faults: [refuse('creditWallet')], parked: settled }),
  topUp('top-up-credit-parked-then-settled-by-signal', {
    ...paid,
    faults: [refuse('creditWallet')],
    parked: 'settled by signal',
  }),
  topUp('top-up-invoice-parked-then-settled', { ...paid, faults: [refuse('issueInvoice')], parked: settled }),
];

/** The gateway reports the payment after the last look-up of the run and before it closes the top-up. */
async function payMeanwhile({ sandbox }: House, workflowId: string): Promise<void> {
  await sandbox.pay(workflowId);
  await sandbox.webhooks.drained();
}

async function payThenSkip(house: House, run: WorkflowHandle): Promise<void> {
  await pay(house, run);
  await house.skip(run);
}

async function hintInVain(house: House, run: WorkflowHandle): Promise<void> {
  await run.signal('charged', {});
  await house.skip(run);
}

async function payThenCancel(house: House, run: WorkflowHandle): Promise<void> {
  await pay(house, run);
  await cancelNow(house, run.workflowId);
}
