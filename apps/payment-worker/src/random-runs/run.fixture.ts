import { setTimeout as pause } from 'node:timers/promises';
import {
  DeliverWebhook,
  paymentIdOf,
  ProcessPayment,
  RefundPayment,
  TopUpWallet,
  type CancelAnswer,
  type CancelRequest,
  type CheckoutAnswer,
  type ProcessPaymentInput,
} from '@longhaul/contracts';
import type { KillableHouse } from '@longhaul/testing';
import { recordWait } from '@longhaul/testing/deep';
import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { aPayment, aTopUp } from '../payment.fixture.ts';
import { endOf, send } from './messages.fixture.ts';
import type { RandomCase, PaymentCase, TopUpCase, When } from './generate.fixture.ts';

/** The answer to a cancel. `gone`: the run had ended. `signalled`: signals have no answer. */
type Told = CancelAnswer['answer'] | 'gone' | 'signalled';

/** A case with what its callers know about its run. */
export interface CaseRun {
  readonly generated: RandomCase;
  readonly workflowId: string;
  /** The reference of its charge. Undefined if there was no checkout page. */
  reference?: string;
  paid?: true;
  told?: Told;
  readonly refunds: { readonly workflowId: string; readonly wanted: number }[];
}

/** Runs a case. Work after the end of its run, which may take a minute, is added to `afterwards`. */
export async function runCase(
  house: KillableHouse,
  generated: RandomCase,
  afterwards: Promise<void>[],
): Promise<CaseRun> {
  const caseRun: CaseRun = { generated, workflowId: workflowIdOf(generated), refunds: [] };
  if (generated.what === 'top-up') await topUp(house, generated, caseRun);
  else afterwards.push((await pay(house, generated, caseRun))());
  return caseRun;
}

/** As in production, so that a local attempt never takes most of a task, however busy the machine (docs/decisions/0015). */
const asInProduction = { workflowTaskTimeoutMs: 10_000, waits: { attemptMs: 20_000, settleMs: 60_000 } } as const;

/**
 * A lost attempt is noticed after 20 seconds, and a caller waits for a page for at most a minute. The number of callers without a
 * page is among the ends.
 */
const usualPageMs = 10_000;

async function topUp(house: KillableHouse, generated: TopUpCase, caseRun: CaseRun): Promise<void> {
  const { pays, cancels, fastPath, payWithinMs, word } = generated;
  const input = aTopUp({ topUpId: generated.id, payWithinSeconds: payWithinMs / 1_000 });
  const cancelled =
    cancels && arranged(house, caseRun, cancels.when, payWithinMs, () => cancel(house, caseRun, cancels.by));
  const payUntil = word === 'lost' ? Date.now() + payWithinMs / 2 : Infinity;
  const run = await house.start(TopUpWallet, input, { fastPath, ...asInProduction });
  const paid = async (): Promise<void> => {
    const askedAt = Date.now();
    const checkout = await checkoutOf(run);
    const got = checkout.checkout === 'closed' ? 'no page to pay on' : 'a page to pay on';
    recordWait(got, Date.now() - askedAt, usualPageMs);
    if (checkout.checkout === 'closed') return;
    const { reference } = checkout;
    caseRun.reference = reference;
    const amount = pays?.amount === 'wrong' ? { amount: input.money.amount - 1 } : {};
    const payNow = async (): Promise<void> => {
      // The page came late. A payment after the deadline would not be reported to anybody.
      if (Date.now() > payUntil) return;
      await house.sandbox.pay(reference, amount);
      caseRun.paid = true;
      await house.sandbox.webhooks.drained();
    };
    if (pays) await arranged(house, caseRun, pays.when, payWithinMs, payNow)();
  };
  await Promise.all([paid(), cancelled?.()]);
}

async function checkoutOf(run: WorkflowHandle): Promise<CheckoutAnswer> {
  return (await send<CheckoutAnswer>(run, 'checkout', {})) ?? { checkout: 'closed' };
}

const users: Partial<Record<PaymentCase['card'], string>> = {
  declined: 'u-declined',
  broke: 'u-broke',
  pending: 'u-pending',
};
const payerOf = ({ card }: PaymentCase): string => users[card] ?? 'u-ada';
const longestCancelMs = 3_000;

function workflowIdOf(generated: RandomCase): string {
  return generated.what === 'top-up'
    ? TopUpWallet.id.of(aTopUp({ topUpId: generated.id }))
    : ProcessPayment.id.of(aPayment({ paymentId: generated.id, user: payerOf(generated) }));
}

async function pay(house: KillableHouse, generated: PaymentCase, caseRun: CaseRun): Promise<() => Promise<void>> {
  const { merchant, cancels, fastPath } = generated;
  const payment = aPayment({ paymentId: generated.id, merchant, user: payerOf(generated) });
  caseRun.reference = caseRun.workflowId;
  const cancelled =
    cancels && arranged(house, caseRun, cancels.when, longestCancelMs, () => cancel(house, caseRun, cancels.by));
  const run = await house.start(ProcessPayment, payment, { fastPath, ...asInProduction });
  await cancelled?.();
  return async () => {
    const { status, eventId } = await endOf(run);
    if (status === 'completed') await refundInParts(house, generated, caseRun, payment);
    if (merchant === 'm-down' && eventId !== null) await wantIt(house, merchant, eventId);
  };
}

function refundInParts(
  house: KillableHouse,
  generated: PaymentCase,
  { refunds }: CaseRun,
  payment: ProcessPaymentInput,
) {
  const { amount, currency } = payment.money;
  return Promise.all(
    generated.refunds.map(async (thousandths, number) => {
      const wanted = Math.round((amount * thousandths) / 1_000);
      const money = wanted > 0 && { money: { amount: wanted, currency } };
      const refund = { paymentId: paymentIdOf(payment), refundId: `r${number}`, reason: 'sent back', ...money };
      const run = await house.start(RefundPayment, refund, { fastPath: generated.fastPath, ...asInProduction });
      refunds.push({ workflowId: run.workflowId, wanted });
      const { eventId } = { eventId: null, ...(await endOf(run)) };
      if (generated.merchant === 'm-down' && eventId !== null) await wantIt(house, generated.merchant, eventId);
    }),
  );
}

const mostRequests = 120;

/** A merchant whose server is up again requests a redelivery instead of waiting for the next try. */
async function wantIt(house: KillableHouse, merchant: string, eventId: string): Promise<void> {
  const delivery = house.client.workflow.getHandle(DeliverWebhook.id.of({ merchant, eventId }));
  for (let requests = 0; requests < mostRequests; requests += 1) {
    if ((await send(delivery, 'redeliver', { by: merchant })) === undefined) return;
    await pause(1_000);
  }
}

/** The caller of a held call gives up after some time. */
const heldAtMostMs = 2_000;

/** Registers the actions that happen at a call of the run, before the run starts. */
function arranged(
  house: KillableHouse,
  { workflowId }: CaseRun,
  when: When,
  wholeMs: number,
  act: () => Promise<void>,
): () => Promise<void> {
  if ('part' in when) {
    return async () => {
      await pause((wholeMs * when.part) / 1_000);
      await act();
    };
  }
  house.atCall(when.phase, `${workflowId}/${when.step}`, () => Promise.race([act(), pause(heldAtMostMs)]));
  return () => Promise.resolve();
}

async function cancel(house: KillableHouse, caseRun: CaseRun, by: 'update' | 'signal'): Promise<void> {
  const run = house.client.workflow.getHandle(caseRun.workflowId);
  const request: CancelRequest = { reason: 'changed my mind' };
  if (by === 'signal') {
    caseRun.told = 'signalled';
    await run.signal('cancel', request).catch(goneIsFine);
    return;
  }
  const answer = await send<CancelAnswer>(run, 'cancel', request);
  caseRun.told = answer?.answer ?? 'gone';
}

function goneIsFine(error: unknown): undefined {
  if (error instanceof WorkflowNotFoundError) return undefined;
  throw error;
}
