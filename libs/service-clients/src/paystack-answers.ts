import { z } from 'zod';
import type { ChargeState, DisputeState, RefundState } from './card-gateway.ts';
import { forPeople, type ProblemReader } from './service-error.ts';
import type { Money } from './values.ts';

const Currency = z.enum(['NGN', 'GHS', 'ZAR', 'KES', 'USD']);
type Currency = z.infer<typeof Currency>;

/**
 * How many of Paystack's units are one minor unit of ISO 4217. Other currencies are refused: for some (XOF) the two may differ,
 * and amounts would be wrong by a factor of 100.
 */
const unitsPerMinorUnit: Readonly<Record<Currency, number>> = { NGN: 1, GHS: 1, ZAR: 1, KES: 1, USD: 1 };

/** The amount in Paystack's units; undefined if the currency is not in the table. */
export function paystackAmount({ amount, currency }: Money): number | undefined {
  const known = Currency.safeParse(currency).data;
  return known && amount * unitsPerMinorUnit[known];
}

const moneyOf = ({ amount, currency }: { amount: number; currency: Currency }): Money => ({
  amount: amount / unitsPerMinorUnit[currency],
  currency,
});

/** Paystack sends amounts as numbers or as strings. */
const Units = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: 'must be digits' })
  .pipe(z.int().nonnegative());

/** A time. An invalid one counts as missing, because without it a search only takes longer. */
const GivenMoment = z.iso.datetime({ offset: true }).optional().catch(undefined);

/** `status` of the envelope means that the call succeeded, not that anything was paid. */
const envelope = <Data extends z.ZodType>(data: Data) =>
  z
    .object({ status: z.literal(true), data: z.unknown() })
    .transform((answer) => answer.data)
    .pipe(data);

/** The bank's reason. It is recorded and sent to the merchant, so it must not be empty. */
const Reason = z
  .string()
  .catch('')
  .transform((words) => forPeople(words).trim() || 'failed');

/** A charge. Only the fields that matter are parsed, because `metadata` and `fees` have many forms. */
export function chargeAnswer(asked: string) {
  // An answer about another charge is invalid.
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
  // The bank waits for a confirmation by the user, which is not possible for a saved card.
  const paused = z.object({ status: z.undefined().optional(), reference, paused: z.literal(true) });
  const pending = z.object({
    // Paystack uses two spellings for a refund in progress.
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

/** Only the fields by which a refund is found, so that an unusual refund does not make the list invalid. */
export const RefundListAnswer = envelope(
  z.array(
    z
      .object({
        id: RefundId,
        // In lists the charge is a number, with its reference in a separate field; a new refund contains the charge itself.
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

/** A dispute. Any resolution other than a declined claim means that the bank refunds the payer. */
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
