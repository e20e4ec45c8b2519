import type { Money } from '@longhaul/contracts';
import { SettleLateCharge } from '@longhaul/contracts/workflow';
import {
  attemptOrFind,
  findSettled,
  hourMs,
  minuteMs,
  startOther,
  stepFailure,
  type Run,
  type Steps,
} from '@longhaul/workflow-kit';
import { condition } from '@temporalio/workflow';
import type { ChargeState, PaymentActivities } from '../activities.ts';
import {
  chargeDecidedWithinMs,
  chargeDisputed,
  lateChargeDecidedWithinMs,
  nextLookMs,
  refundEndsWithinMs,
} from './charges.rules.ts';

type PaymentSteps = Steps<PaymentActivities>;

/** A charge or refund that was sent may come about so long after we stopped waiting for its answer. */
const settleMs = minuteMs;
const refundPatienceMs = 2 * hourMs;

/** Charges the saved card. Never twice: a repeat carries the same reference, and the gateway takes a reference once. */
export async function charge(
  payment: PaymentSteps,
  request: { reference: string; user: string; money: Money },
): Promise<ChargeState> {
  const { reference } = request;
  const once = attemptOrFind(
    () => payment.chargeCard(request),
    () => payment.findCharge({ reference }),
    { settleMs: 0, patienceMs: chargeDecidedWithinMs },
  );
  const state = await once();
  return state.status === 'pending' ? ended(payment, reference, state) : state;
}

/** A bank may take its time. */
async function ended(payment: PaymentSteps, reference: string, first: ChargeState): Promise<ChargeState> {
  const giveUpAt = Date.now() + chargeDecidedWithinMs;
  let state: ChargeState = first;
  for (let look = 0; state.status === 'pending' && Date.now() < giveUpAt; look += 1) {
    await condition(() => false, nextLookMs(look));
    state = (await payment.findCharge({ reference })) ?? state;
  }
  return state;
}

/**
 * What became of a charge of which we heard that it is paid. The gateway may be slow to say so when it is asked: "nobody
 * has paid" is believed after a quarter of an hour, and a bank that has not decided has a day.
 */
export async function lateCharge(payment: PaymentSteps, reference: string): Promise<ChargeState | undefined> {
  const began = Date.now();
  for (let look = 0; ; look += 1) {
    const state = await payment.findCharge({ reference });
    if (state?.status === 'success' || state?.status === 'reversed') return state;
    const patienceMs = state?.status === 'pending' ? lateChargeDecidedWithinMs : chargeDecidedWithinMs;
    if (Date.now() - began >= patienceMs) return state;
    await condition(() => false, nextLookMs(look));
  }
}

/** A refund that the gateway has taken on. */
export interface SentRefund {
  readonly refundId: string;
  readonly money: Money;
}

/**
 * Gives back all that was taken under a reference, if anything was. `settle`: a charge may still be on its way, so that
 * "there is none" is believed only after a while. Undefined when nothing had been taken, or a person saw to it.
 */
export async function sendBack(
  run: Run,
  payment: PaymentSteps,
  reference: string,
  { settle }: { settle: boolean },
): Promise<SentRefund | undefined> {
  const found = await run.orPark(() =>
    findSettled(() => payment.findCharge({ reference }), settle ? run.settleMs(settleMs) : 0),
  );
  if (found?.status === 'pending') {
    const state = await run.orPark(() => ended(payment, reference, found));
    if (state?.status === 'pending') {
      const message = 'The gateway has not said for a quarter of an hour whether this charge succeeded';
      const said = await run.askPerson({ step: 'findCharge', code: 'charge-pending', message });
      return said === 'retry' ? sendBack(run, payment, reference, { settle: false }) : undefined;
    }
    return state?.status === 'success' ? sendAll(run, payment, state) : undefined;
  }
  return found?.status === 'success' ? sendAll(run, payment, found) : undefined;
}

export interface GivenBack {
  /** The refund, where this run follows it. */
  readonly sent: SentRefund | undefined;
  /** What was taken goes back by this run, or a person saw to it: nobody else has to. */
  readonly chargeReturned: boolean;
}

export const nothingGivenBack: GivenBack = { sent: undefined, chargeReturned: false };

/**
 * As `sendBack`, for the run that the charge was made for. It gives back **before** it closes its record: as long as that is
 * open, whoever hears of the charge leaves it to this run, and afterwards the record says whether anything is left to do.
 */
export async function giveBack(
  run: Run,
  payment: PaymentSteps,
  reference: string,
  options: { settle: boolean },
): Promise<GivenBack> {
  const settledBefore = run.settledByHand.length;
  const sent = await sendBack(run, payment, reference, options);
  return { sent, chargeReturned: sent !== undefined || run.settledByHand.length > settledBefore };
}

/** As `giveBack`, for a run that was reset after it had closed its record: it sends nothing, and follows what it had sent. */
export async function findGivenBack(
  run: Run,
  payment: PaymentSteps,
  reference: string,
  { chargeReturned }: { readonly chargeReturned: boolean },
): Promise<GivenBack> {
  const found = chargeReturned ? await run.orPark(() => payment.findRefund({ reference })) : undefined;
  return { sent: found && { refundId: found.refundId, money: found.money }, chargeReturned };
}

/** A charge that succeeded after this run last looked gets a run of its own. */
export async function settleIfCharged(run: Run, payment: PaymentSteps, reference: string): Promise<void> {
  const found = await run.orPark(() => payment.findCharge({ reference }));
  if (found?.status === 'success' || found?.status === 'pending')
    await startOther(run, SettleLateCharge, { reference });
}

type Captured = Extract<ChargeState, { status: 'success' }>;

async function sendAll(run: Run, payment: PaymentSteps, { reference, money, paidAt }: Captured) {
  const sent = await refund(run, payment, { reference, money }, { ...(paidAt !== undefined && { since: paidAt }) });
  if (sent === undefined) return undefined;
  if (sent.status === 'accepted') return { refundId: sent.refundId, money };
  const message = `There is no refund of ${reference}: ${sent.reason}`;
  const code = sent.reason === chargeDisputed ? chargeDisputed : 'refund-refused';
  const said = await run.askPerson({ step: 'sendRefund', code, message });
  return said === 'retry' ? sendBack(run, payment, reference, { settle: false }) : undefined;
}

interface Sending {
  /** An earlier run may have sent it. Default: only when this run was reset. */
  readonly lookFirst?: boolean;
  /** It was not sent before. Default: before this call, unless it is looked for first. */
  readonly since?: string;
}

/** Sends one refund, once. A refusal is only believed of the first attempt. Undefined when a person saw to it. */
export function refund(
  run: Run,
  payment: PaymentSteps,
  request: { reference: string; money: Money },
  options: Sending = {},
) {
  const { reference } = request;
  const lookFirst = options.lookFirst === true || run.wasReset;
  const since = options.since ?? (lookFirst ? undefined : new Date().toISOString());
  const once = attemptOrFind(
    async (notTheFirst) => {
      const sent = await payment.sendRefund(request);
      if (sent.status === 'accepted' || !notTheFirst) return sent;
      const message = `The gateway refuses to refund ${reference}, and an attempt before this one may have done it: ${sent.reason}`;
      throw stepFailure({ step: 'sendRefund', code: 'refund-in-doubt', message });
    },
    async () => {
      const found = await payment.findRefund({ reference, ...(since !== undefined && { since }) });
      return found && { status: 'accepted' as const, refundId: found.refundId, state: found.state };
    },
    { settleMs: run.settleMs(settleMs), patienceMs: refundPatienceMs, lookFirst },
  );
  return run.orPark(once);
}

/**
 * Follows a refund at the gateway to its end. `moved`: the gateway says that something has changed, so that we look at once.
 * Undefined when a person saw to it.
 */
export async function followRefund(
  run: Run,
  payment: PaymentSteps,
  { refundId }: SentRefund,
  moved: () => number = () => 0,
): Promise<'processed' | 'failed' | undefined> {
  let giveUpAt = Date.now() + refundEndsWithinMs;
  let heard = moved();
  for (let look = 0; ; look += 1) {
    await condition(() => moved() > heard, nextLookMs(look));
    heard = moved();
    const state = (await run.orPark(() => payment.readRefund({ refundId })))?.state;
    if (state === undefined || state === 'processed' || state === 'failed') return state;
    const overdue = Date.now() >= giveUpAt;
    if (state !== 'needs-attention' && !overdue) continue;
    const code = overdue ? 'refund-overdue' : 'refund-needs-attention';
    const message = `The gateway does not end the refund by itself [refund: ${refundId}, state: ${state}]`;
    if ((await run.askPerson({ step: 'readRefund', code, message })) === 'settled') return undefined;
    giveUpAt = Date.now() + refundEndsWithinMs;
    look = 0;
  }
}

/** As `followRefund`, for money that has to go back: one that failed is a person's business. */
export async function followToTheEnd(run: Run, payment: PaymentSteps, sent: SentRefund): Promise<Money | null> {
  const end = await followRefund(run, payment, sent);
  if (end === 'processed') return sent.money;
  if (end === undefined) return null;
  const message = `The refund failed at the gateway, and the money is still to be given back [refund: ${sent.refundId}]`;
  const said = await run.askPerson({ step: 'readRefund', code: 'refund-failed', message });
  return said === 'retry' ? followToTheEnd(run, payment, sent) : null;
}
