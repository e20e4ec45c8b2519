import { z } from 'zod';
import { defineWorkflow, Queue } from '../contract.ts';
import { cancelMessage, CancelRequest, resolveMessage, ResolveRequest } from '../messages.ts';
import { Money, PositiveMoney } from '../money.ts';
import { NoticeState } from '../notice.ts';
import { BusinessKey } from '../values.ts';
import { topUpIdOf, topUpRunId } from './ids.ts';
import { Reference } from './reference.ts';

const tenMinutes = 600;

export const TopUpWalletInput = z.object({
  /** The user's key. Two users can have the same key for different top-ups. */
  topUpId: BusinessKey,
  userId: BusinessKey,
  money: PositiveMoney,
  /** How long the user can pay after the page was opened. */
  payWithinSeconds: z.int().min(1).max(tenMinutes).default(tenMinutes),
});
export type TopUpWalletInput = z.infer<typeof TopUpWalletInput>;

/** The page where the user pays. `closed`: it is not possible to pay, or not any more; the outcome says why. */
export const CheckoutAnswer = z.discriminatedUnion('checkout', [
  z.object({ checkout: z.literal('open'), authorizationUrl: z.url(), reference: z.string() }),
  z.object({ checkout: z.literal('closed') }),
]);
export type CheckoutAnswer = z.infer<typeof CheckoutAnswer>;

/** The credit, and the invoice and receipt that were sent to the user. */
const credited = { reference: z.string(), credited: Money, invoice: z.string().nullable(), receipt: NoticeState };

export const TopUpWalletOutcome = z.discriminatedUnion('status', [
  z.object({ status: z.literal('credited'), ...credited }),
  /** Not paid in time. `settleLateCharge` credits or refunds a later payment. */
  z.object({ status: z.literal('expired'), reference: z.string() }),
  z.object({ status: z.literal('cancelled'), reason: z.string(), refunded: Money.nullable() }),
  /** The amount or currency is not allowed. */
  z.object({ status: z.literal('refused'), reason: z.string() }),
  z.object({ status: z.literal('failed'), step: z.string(), code: z.string(), refunded: Money.nullable() }),
  /** Another amount was paid, or it could not be credited, and an operator settled it. */
  z.object({ status: z.literal('settled-by-hand'), reference: z.string(), by: z.string(), note: z.string() }),
]);
export type TopUpWalletOutcome = z.infer<typeof TopUpWalletOutcome>;

export const TopUpWallet = defineWorkflow({
  type: 'topUpWallet',
  queue: Queue.payment,
  id: { of: (request) => topUpRunId.of(topUpIdOf(request)), parse: topUpRunId.parse },
  input: TopUpWalletInput,
  outcome: TopUpWalletOutcome,
  updates: {
    checkout: { input: z.object({}), answer: CheckoutAnswer, once: true },
    cancel: cancelMessage,
    resolve: resolveMessage,
  },
  signals: {
    cancel: CancelRequest,
    resolve: ResolveRequest,
    /** A hint that the top-up was paid, not proof: the run asks the gateway itself. */
    charged: z.object({}),
  },
  steps: {
    openTopUp: { undoneBy: 'closeTopUp' },
    readTopUp: {},
    openCheckout: {},
    findCharge: {},
    creditWallet: {},
    issueInvoice: {},
    sendReceipt: {},
    sendRefund: {},
    findRefund: {},
    readRefund: {},
  },
  once: 'A top-up id of a user is credited once, for good: when Temporal has forgotten the run, the payment service still says what was decided.',
  http: {
    start: '/api/v1/wallets/:userId/top-ups',
    startsWith: 'checkout',
    runs: '/api/v1/top-ups',
    owner: { field: 'userId' },
    anyOwnerScope: 'payments:any',
    ownerMessages: ['cancel', 'checkout'],
    keyField: 'topUpId',
    whenFinished: 'The result of the top-up says how it ended. For another one, use a new key.',
    summary: 'Top up a wallet: answers with the address where the user pays',
  },
});

export const SettleLateChargeInput = z.object({ reference: Reference });
export type SettleLateChargeInput = z.infer<typeof SettleLateChargeInput>;

export const SettleLateChargeOutcome = z.discriminatedUnion('status', [
  z.object({ status: z.literal('credited-late'), ...credited }),
  z.object({ status: z.literal('refunded'), refunded: Money }),
  /** The charge is settled already, or nothing was paid. */
  z.object({ status: z.literal('nothing-due'), reason: z.enum(['settled', 'not-paid', 'unknown-reference']) }),
  z.object({ status: z.literal('settled-by-hand'), by: z.string(), note: z.string() }),
]);
export type SettleLateChargeOutcome = z.infer<typeof SettleLateChargeOutcome>;

/**
 * Settles money that arrived after its run had ended. An expired top-up is credited if the requested amount was paid within a
 * day of the request; everything else is refunded.
 */
export const SettleLateCharge = defineWorkflow({
  type: 'settleLateCharge',
  queue: Queue.payment,
  id: {
    of: ({ reference }: SettleLateChargeInput) => `late-${reference}`,
    parse: (workflowId: string) => /^late-(.+)$/.exec(workflowId)?.[1],
  },
  input: SettleLateChargeInput,
  outcome: SettleLateChargeOutcome,
  updates: { resolve: resolveMessage },
  signals: { resolve: ResolveRequest },
  steps: {
    readConcern: {},
    findCharge: {},
    creditWallet: {},
    issueInvoice: {},
    sendReceipt: {},
    sendRefund: {},
    findRefund: {},
    readRefund: {},
    tellPayer: {},
  },
  once: 'A late charge is settled once, for as long as the namespace keeps closed runs; the payment service keeps the reference for good.',
  http: {
    runs: '/api/v1/late-charges',
    anyOwnerScope: 'payments:any',
    ownerMessages: [],
    whenFinished: 'The charge is settled; the result says how.',
    summary: 'Settle a charge that came when nobody waited for it any more',
  },
});
