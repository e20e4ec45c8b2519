import { setTimeout as pause } from 'node:timers/promises';
import { ProcessPayment, RefundPayment, TopUpWallet, type CheckoutAnswer } from '@longhaul/contracts';
import { House, untilAtRest } from '@longhaul/testing';
import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { hearPaystack } from '../hear-paystack.fixture.ts';
import { lastStep, livesOf, rules, stepMs, type Life } from '../lives.fixture.ts';
import { aPayment, aTopUp, paymentWorkers } from '../payment.fixture.ts';

/** Fixed, so that the same lives are lived everywhere; LONGHAUL_SEED draws others. */
const seed = Number(process.env.LONGHAUL_SEED ?? 20_261_121);
const livesInAHouse = 100;
/** Between two steps of the clock, for the runs to come to where they wait. */
const settleMs = 150;
const money = { amount: 10_000, currency: 'NGN' } as const;

/**
 * Webhooks, deadlines, cancels and crashes in whatever order chance brings them. In place of a crash stands what one leaves
 * behind: calls that were done and not answered, or not done. Real kills are the kill matrix's.
 */
describe('a hundred lives at once', () => {
  it(
    `every charge is credited once or given back once, whatever comes when [LONGHAUL_SEED=${seed}]`,
    { timeout: 300_000 },
    async () => {
      const house = await House.open('cached', await paymentWorkers());
      try {
        hearPaystack(house);
        house.sandbox.faults.set({ seed, rules });
        await liveAll(house, livesOf(seed, livesInAHouse));
        await house.judge();
        expect(await chargesThatWentWrong(house)).toEqual([]);
      } finally {
        await house.close();
      }
    },
  );
});

async function liveAll(house: House, lives: readonly Life[]): Promise<void> {
  const acts = lives.flatMap((life, index) => actsOf(house, life, index));
  for (let step = 0; step <= lastStep; step += 1) {
    await Promise.all(acts.filter(({ at }) => at === step).map(({ act }) => act()));
    await pause(settleMs);
    await house.environment.sleep(stepMs);
  }
  await house.sandbox.webhooks.drained();
  for (const run of [...house.started]) await untilAtRest(run, house.environment);
  await house.sandbox.webhooks.drained();
  for (const run of [...house.started]) await untilAtRest(run, house.environment);
}

interface Act {
  readonly at: number;
  readonly act: () => Promise<unknown>;
}

function actsOf(house: House, life: Life, index: number): Act[] {
  return life.kind === 'top-up' ? topUpActs(house, life, index) : paymentActs(house, life, index);
}

function topUpActs(house: House, life: Extract<Life, { kind: 'top-up' }>, index: number): Act[] {
  const wish = aTopUp({ topUpId: `life-${life.webhook}-${index}`, money });
  const run = house.environment.client.workflow.getHandle(TopUpWallet.id.of(wish));
  const acts: Act[] = [{ at: 0, act: () => house.start(TopUpWallet, wish) }];
  const { paidAt, cancelledAt } = life;
  if (paidAt !== null) acts.push({ at: paidAt, act: () => payAtItsPage(house, run) });
  // On a step of its own: the time-skipping server loses a run whose cancel crosses the end of an activity.
  if (cancelledAt !== null && cancelledAt !== paidAt) acts.push({ at: cancelledAt, act: () => cancel(run) });
  return acts;
}

/** On the page that its user was given: the first, or the next one when an answer was lost. */
async function payAtItsPage(house: House, run: WorkflowHandle): Promise<void> {
  const page = await run.executeUpdate<CheckoutAnswer, [object]>('checkout', { args: [{}] }).catch(unlessOver);
  if (page?.checkout === 'open') await house.sandbox.pay(page.reference);
}

function paymentActs(house: House, life: Extract<Life, { kind: 'payment' }>, index: number): Act[] {
  const { user, merchant, startedAt, cancelled } = life;
  const payment = aPayment({ paymentId: `life-${index}`, user, merchant, money });
  const firstSignal = { name: 'cancel', input: { reason: 'changed my mind' } };
  const refundAll = () =>
    Promise.all(
      life.refunds.map((tenths, number) => {
        const part = { amount: (money.amount * tenths) / 10, currency: money.currency };
        const wish = { paymentId: payment.paymentId, refundId: `r${number}`, money: part, reason: 'sent back' };
        return house.start(RefundPayment, wish);
      }),
    );
  return [
    { at: startedAt, act: () => house.start(ProcessPayment, payment, cancelled ? { firstSignal } : {}) },
    { at: startedAt + 3, act: refundAll },
  ];
}

async function cancel(run: WorkflowHandle): Promise<void> {
  await run.executeUpdate('cancel', { args: [{ reason: 'changed my mind' }] as never }).catch(unlessOver);
}

function unlessOver(error: unknown): undefined {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}

/** What the model knows beside the checker: money that was taken for a wallet is in it, or went back; for a payment likewise. */
async function chargesThatWentWrong(house: House): Promise<string[]> {
  const { gatewayTransactions, journal, payments } = await house.sandbox.evidence();
  return gatewayTransactions.flatMap(({ reference, status, refunds, money: taken }) => {
    if (status !== 'success' && status !== 'reversed') return [];
    const credits = journal.filter((entry) => entry.effect === 'wallet-credited' && entry.reference === reference);
    const completed = payments.some((payment) => payment.reference === reference && payment.state === 'completed');
    const back = refunds.reduce((sum, { money: part }) => sum + part.amount, 0);
    const given = credits.length + (completed ? 1 : 0);
    const right = given === 1 ? completed || back === 0 : given === 0 && back === taken.amount;
    return right ? [] : [`${reference}: given ${given} times, ${back} of ${taken.amount} went back`];
  });
}
