import type { Effect } from '@longhaul/checker';
import { z } from 'zod';
import type { SandboxCore } from '../../core.ts';
import type { Queries } from '../../database/queries.ts';
import type { Exchange } from '../../http/exchange.ts';
import { Amount, answered, Currency, PageNumber, paystackCall, refusedByPaystack } from './envelope.ts';
import { announceRefund, moveRefunds, type GatewayRefund, type RefundState } from './refund-moves.ts';
import { lockTransaction, type Transaction } from './transactions.ts';

const Note = z.string().max(1_000).optional();
const RefundWish = z.object({
  transaction: z.string().min(1),
  amount: Amount.optional(),
  currency: Currency.optional(),
  merchant_note: Note,
  customer_note: Note,
});
const Page = z.object({
  perPage: PageNumber.pipe(z.number().max(100)).default(50),
  page: PageNumber.default(1),
  from: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  to: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
});

/** Refunds. They have no idempotency key: a repeated request is a second refund, as long as the amount is available. */
export function refundExchanges({ settings, typedValueOf }: SandboxCore): readonly Exchange[] {
  const { paystackSecret: secret } = settings;
  return [
    paystackCall(secret, {
      route: 'POST /refund',
      asks: RefundWish,
      async work({ asked, tx, now }) {
        const transaction = await lockTransaction(tx, { reference: asked.transaction });
        if (!transaction) return refusedByPaystack(404, 'transaction_not_found', 'Transaction not found');
        if (transaction.status !== 'success') {
          return refusedByPaystack(400, 'transaction_not_refundable', 'Transaction cannot be refunded');
        }
        const { reference, currency } = transaction;
        const left = transaction.amount - (await refundedOf(tx, reference));
        const amount = asked.amount ?? left;
        if (amount > left || amount === 0 || (asked.currency ?? currency) !== currency) {
          return refusedByPaystack(400, 'invalid_params', `Refund must fit what is left of it [${left} ${currency}]`);
        }
        const ending = endingFor(typedValueOf(transaction.user));
        const refund = await writeRefund(tx, { transaction, amount, now, asked, ending });
        await announceRefund(tx, refund, now);
        const [gatewayRefundId, money] = [String(refund.id), { amount, currency }];
        const note = asked.merchant_note ?? null;
        const effect: Effect = { effect: 'card-refunded', reference, gatewayRefundId, money, note };
        return answered('Refund has been queued for processing', shownNew(refund, transaction), { effects: [effect] });
      },
    }),

    paystackCall(secret, {
      route: 'GET /refund/:id',
      asks: z.object({ id: z.string() }),
      async work({ asked, tx, now }) {
        const id = /^\d{1,15}$/.test(asked.id) ? Number(asked.id) : 0;
        const housekeeping = await moveRefunds(tx, now, { id });
        const [refund] = await tx.query<ListedRefund>(`${select} where id = $1`, [id]);
        if (!refund) return refusedByPaystack(404, 'refund_not_found', 'Refund not found');
        return answered('Refund retrieved', shownRefund(refund), { housekeeping });
      },
    }),

    paystackCall(secret, {
      route: 'GET /refund',
      asks: Page,
      async work({ asked: { perPage, page, from, to }, tx, now }) {
        const housekeeping = await moveRefunds(tx, now);
        const refunds = await tx.query<ListedRefund>(
          `${select} where ($1::timestamptz is null or asked_at >= $1) and ($2::timestamptz is null or asked_at <= $2)
           order by id desc limit $3 offset $4`,
          [from ?? null, to ?? null, perPage, (page - 1) * perPage],
        );
        return answered('Refunds retrieved', refunds.map(shownRefund), {
          housekeeping,
          meta: { perPage: String(perPage), page },
        });
      },
    }),
  ];
}

interface KeptRefund extends GatewayRefund {
  readonly merchantNote: string | null;
  readonly customerNote: string | null;
}

const columns = `id, reference, amount, currency, asked_at as "askedAt", ending, state, merchant_note as "merchantNote",
  customer_note as "customerNote"`;

interface ListedRefund extends KeptRefund {
  readonly transactionId: number;
}
const select = `select ${columns},
    (select charge.id from gateway_transactions as charge where charge.reference = gateway_refunds.reference) as "transactionId"
  from gateway_refunds`;

/** The sum of the refunds of a charge, including those in progress, in minor units. */
async function refundedOf(tx: Queries, reference: string): Promise<number> {
  const [sum] = await tx.query<{ refunded: number }>(
    `select coalesce(sum(amount), 0)::bigint as refunded from gateway_refunds where reference = $1 and state <> 'failed'`,
    [reference],
  );
  return sum?.refunded ?? 0;
}

async function writeRefund(
  tx: Queries,
  request: {
    transaction: Transaction;
    amount: number;
    now: string;
    asked: z.infer<typeof RefundWish>;
    ending: RefundState;
  },
): Promise<KeptRefund> {
  const { transaction, amount, now, asked, ending } = request;
  const [refund] = await tx.query<KeptRefund>(
    `insert into gateway_refunds (reference, amount, currency, merchant_note, customer_note, asked_at, ending, state)
     values ($1, $2, $3, $4, $5, $6, $7, 'pending') returning ${columns}`,
    [
      transaction.reference,
      amount,
      transaction.currency,
      asked.merchant_note ?? null,
      asked.customer_note ?? null,
      now,
      ending,
    ],
  );
  if (!refund) throw new Error(`The refund was not stored [${transaction.reference}]`);
  return refund;
}

function endingFor(value: string | undefined): RefundState {
  if (value === 'u-refund-fails') return 'failed';
  return value === 'u-refund-attention' ? 'needs-attention' : 'processed';
}

/** A refund in the answer to its request: with its charge, and `fully_deducted` as a boolean. */
function shownNew(refund: KeptRefund, { id, reference, amount, currency, channel }: Transaction) {
  const transaction = { id, domain: 'test', reference, amount, currency, channel };
  return { ...common(refund), transaction, fully_deducted: false };
}

/** A refund in later answers: its charge is a number with the reference beside it, and `fully_deducted` is a number. */
function shownRefund(refund: ListedRefund) {
  const { transactionId: transaction, reference: transaction_reference } = refund;
  return { ...common(refund), transaction, transaction_reference, fully_deducted: 0 };
}

function common({ id, amount, currency, state, reference, merchantNote, customerNote, askedAt }: KeptRefund) {
  // Paystack's default note.
  const note = `Refund for transaction ${reference}`;
  return {
    ...{ id, amount, currency, domain: 'test', status: state, deducted_amount: 0, createdAt: askedAt },
    merchant_note: merchantNote ?? note,
    customer_note: customerNote ?? note,
  };
}
