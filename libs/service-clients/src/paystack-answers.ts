import { z } from 'zod';
import type { ChargeState, DisputeState, RefundState } from './card-gateway.ts';
import { forPeople, type ProblemReader } from './service-error.ts';
import type { Money } from './values.ts';

const Currency = z.enum(['NGN', 'GHS', 'ZAR', 'KES', 'USD']);
type Currency = z.infer<typeof Currency>;

/**
 * How many of Paystack's units make one of ISO's minor units. A currency that is not here is not used: for some (XOF)
 * the two may differ, and money would be off by a hundred.
 */
const unitsPerMinorUnit: Readonly<Record<Currency, number>> = { NGN: 1, GHS: 1, ZAR: 1, KES: 1, USD: 1 };

/** `amount` as Paystack counts it; undefined when the currency is not in the table. */
export function paystackAmount({ amount, currency }: Money): number | undefined {
  const known = Currency.safeParse(currency).data;
  return known && amount * unitsPerMinorUnit[known];
}

const moneyOf = ({ amount, currency }: { amount: number; currency: Currency }): Money => ({
  amount: amount / unitsPerMinorUnit[currency],
  currency,
});

/** Paystack writes one and the same amount as a number or as a string. */
const Units = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: 'must be digits' })
  .pipe(z.int().nonnegative());

/** When something was done, or is due. One that cannot be read is as good as none: it only makes a search longer. */
const GivenMoment = z.iso.datetime({ offset: true }).optional().catch(undefined);

/** `status` of the envelope says that the call worked, not that anything was paid. */
const envelope = <Data extends z.ZodType>(data: Data) =>
  z
    .object({ status: z.literal(true), data: z.unknown() })
    .transform((answer) => answer.data)
    .pipe(data);

/** The bank's own words. They end up in records and in what a merchant is told: there always are some. */
const Reason = z
  .string()
  .catch('')
  .transform((words) => forPeople(words).trim() || 'failed');

/** A charge: only what decides is read. `metadata` and `fees` come in many forms, and decide nothing. */
export function chargeAnswer(asked: string) {
  // An answer about another charge is none.
  const reference = z.literal(asked);
  const paid = z.object({
    status: z.enum(['success', 'reversed']),
    reference,
    amount: Units,
    currency: Currency,
    paid_at: GivenMoment,
  });
  const failed = z.object({ status: z.literal('failed'), reference, gateway_response: Reason });
  const unpaid = z.object({ status: z.literal('abandoned'), reference });
  // The bank wants to hear from the user, who is not here.
  const paused = z.object({ status: z.undefined().optional(), reference, paused: z.literal(true) });
  const pending = z.object({
    // A refund that is under way is spelled in two ways.
    status: z.enum(['ongoing', 'pending', 'processing', 'queued', 'reversal-pending', 'reversal_pending']),
    reference,
  });
  return envelope(
    z.discriminatedUnion('status', [paid, failed, unpaid, paused, pending]).transform((charge): ChargeState => {
      switch (charge.status) {
        case 'success':
        case 'reversed':
          return {
            ...{ status: charge.status, money: moneyOf(charge), reference: asked },
            ...(charge.paid_at !== undefined && { paidAt: charge.paid_at }),
          };
        case 'failed':
          return { status: 'failed', reason: charge.gateway_response };
        case 'abandoned':
        case undefined:
          return { status: 'unpaid' };
        default:
          return { status: 'pending' };
      }
    }),
  );
}

export const CheckoutAnswer = envelope(z.object({ authorization_url: z.url(), reference: z.string() }));

const RefundId = z.union([z.int().transform(String), z.string().min(1)]);
const RefundProgress = z.enum(['pending', 'processing', 'processed', 'failed', 'needs-attention']);

export const RefundAnswer = envelope(
  z
    .object({ id: RefundId, status: RefundProgress, amount: Units, currency: Currency })
    .transform((refund): RefundState => ({ refundId: refund.id, state: refund.status, money: moneyOf(refund) })),
);

/** Of each refund only what it is known by: one that is odd otherwise may not hide the others. */
export const RefundListAnswer = envelope(
  z.array(
    z
      .object({
        id: RefundId,
        // As published, the charge is a number here, and its reference stands beside it; a new refund holds the charge itself.
        transaction_reference: z.string().nullish(),
        transaction: z.union([z.object({ reference: z.string() }), z.unknown().transform(() => undefined)]),
        merchant_note: z.string().nullish(),
        createdAt: GivenMoment,
      })
      .transform((refund) => ({
        refundId: refund.id,
        reference: refund.transaction_reference ?? refund.transaction?.reference,
        note: refund.merchant_note,
        madeAtMs: refund.createdAt === undefined ? undefined : Date.parse(refund.createdAt),
      })),
  ),
);

const unresolved = {
  'awaiting-merchant-feedback': 'unanswered',
  'awaiting-bank-feedback': 'answered',
  pending: 'answered',
} as const;

/** A dispute. Where the resolution is not that the claim was declined, the money is taken to have gone back. */
export const DisputeAnswer = envelope(
  z
    .object({
      status: z.enum(['awaiting-merchant-feedback', 'awaiting-bank-feedback', 'pending', 'resolved']),
      resolution: z.unknown(),
      dueAt: GivenMoment,
    })
    .transform(({ status, resolution, dueAt }): DisputeState => {
      if (status === 'resolved') return { status: resolution === 'declined' ? 'declined' : 'accepted' };
      return { status: unresolved[status], ...(dueAt !== undefined && { dueAt }) };
    }),
);

const PaystackProblem = z.object({ code: z.string(), message: z.string() }).partial();

/** Paystack has no problem documents: `{status: false, message, type, code, meta}`. */
export const paystackProblem: ProblemReader = (body) => {
  const { code, message } = PaystackProblem.safeParse(body).data ?? {};
  return { code, detail: message };
};
