import { z } from 'zod';
import type { CardGateway } from './card-gateway.ts';
import { createHttp, type CallContext, type Http, type HttpOptions } from './http.ts';
import {
  chargeAnswer,
  CheckoutAnswer,
  DisputeAnswer,
  paystackAmount,
  paystackProblem,
  RefundAnswer,
  RefundListAnswer,
} from './paystack-answers.ts';
import { refusalsAsValues, ServiceError } from './service-error.ts';

export const PaystackSecretKey = z.string().regex(/^sk_\S+$/, 'must be a secret key of Paystack: it begins with "sk_"');

const refundsPerPage = 100;
const refundPagesAtMost = 10;
/**
 * How much further back a search goes than our clock says, to allow for different clocks. A search that is too short could lead to
 * a second refund; one that is too long only reads more pages.
 */
const clocksDifferMs = 2 * 24 * 3_600_000;

const notAccepted = 'currency-not-accepted';

export interface PaystackOptions extends Omit<HttpOptions, 'service' | 'authorization' | 'problemOf'> {
  /** `sk_…`. It is only sent in one header. */
  readonly secretKey: string;
}

/** An HTTP client for `paystackGateway`, with the secret and Paystack's error format. */
export function paystackHttp({ secretKey, ...options }: PaystackOptions): Http {
  return createHttp({
    ...options,
    service: 'paystack',
    authorization: `Bearer ${secretKey}`,
    problemOf: paystackProblem,
  });
}

/** A card gateway at Paystack or a service with the same API. */
export function paystackGateway(http: Http): CardGateway {
  const find = (reference: string, context: CallContext) =>
    refusalsAsValues(
      { transaction_not_found: undefined },
      http.send('GET /transaction/verify/:reference', chargeAnswer(reference), context, { params: { reference } }),
    );

  const readRefund = (id: string, context: CallContext) =>
    http.send('GET /refund/:id', RefundAnswer, context, { params: { id } });

  const listRefunds = (page: number, fromMs: number | undefined, context: CallContext) => {
    const params = { perPage: String(refundsPerPage), page: String(page) };
    return fromMs === undefined
      ? http.send('GET /refund?perPage=:perPage&page=:page', RefundListAnswer, context, { params })
      : http.send('GET /refund?perPage=:perPage&page=:page&from=:from', RefundListAnswer, context, {
          params: { ...params, from: new Date(fromMs).toISOString() },
        });
  };

  return {
    find,
    readRefund,

    readDispute: (id, context) => http.send('GET /dispute/:id', DisputeAnswer, context, { params: { id } }),

    async charge({ reference, email, authorization, money }, context) {
      const amount = paystackAmount(money);
      if (amount === undefined) return { status: 'failed', reason: notAccepted };
      const charged = await refusalsAsValues(
        { duplicate_reference: 'duplicate' as const },
        http.send('POST /transaction/charge_authorization', chargeAnswer(reference), context, {
          body: { email, amount, currency: money.currency, reference, authorization_code: authorization },
        }),
      );
      if (charged !== 'duplicate') return charged;
      // The reference is used but cannot be found yet: the first call with it is still in progress.
      return (await find(reference, context)) ?? { status: 'pending' };
    },

    async openCheckout({ reference, email, money, callbackUrl }, context) {
      const amount = paystackAmount(money);
      if (amount === undefined) return { status: 'refused', reason: notAccepted };
      const checkout = http.send('POST /transaction/initialize', CheckoutAnswer, context, {
        body: {
          email,
          amount,
          currency: money.currency,
          reference,
          ...(callbackUrl !== undefined && { callback_url: callbackUrl }),
        },
      });
      return refusedByPaystack(
        refusalsAsValues(
          { duplicate_reference: { status: 'taken' as const } },
          checkout.then((opened) => ({
            status: 'open' as const,
            authorizationUrl: opened.authorization_url,
            reference: opened.reference,
          })),
        ),
      );
    },

    async refund({ reference, money, note }, context) {
      const amount = paystackAmount(money);
      if (amount === undefined) return { status: 'refused', reason: notAccepted };
      const sent = http.send('POST /refund', RefundAnswer, context, {
        body: { transaction: reference, amount, currency: money.currency, merchant_note: note },
      });
      return refusedByPaystack(sent.then(({ refundId, state }) => ({ status: 'accepted' as const, refundId, state })));
    },

    async findRefund({ reference, note, since }, context) {
      const charge = since === undefined ? await find(reference, context) : undefined;
      const fromMs = beginningAt(since ?? (charge && 'paidAt' in charge ? charge.paidAt : undefined));
      // Sorted from new to old: a new refund moves the others to later pages, so none is missed.
      for (let page = 1; page <= refundPagesAtMost; page++) {
        const refunds = await listRefunds(page, fromMs, context);
        const matches = refunds.filter((refund) =>
          note === undefined
            ? refund.reference === reference
            : refund.note === note && (refund.reference ?? reference) === reference,
        );
        for (const { refundId } of matches) {
          const found = await readRefund(refundId, context);
          if (note !== undefined || found.state !== 'failed') return found;
        }
        if (refunds.length < refundsPerPage || endsBefore(fromMs, refunds)) return undefined;
      }
      throw notSearchedToTheEnd(note ?? reference);
    },
  };
}

/** Turns a refusal by Paystack into a value. A wrong secret or address stays an error. */
async function refusedByPaystack<T>(call: Promise<T>): Promise<T | { status: 'refused'; reason: string }> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ServiceError && (error.status === 400 || error.code === 'transaction_not_found')) {
      return { status: 'refused', reason: error.code };
    }
    throw error;
  }
}

function beginningAt(since: string | undefined): number | undefined {
  return since === undefined ? undefined : Date.parse(since) - clocksDifferMs;
}

/** Whether the search can end here. Paystack ignores unknown query parameters, so the order of the list is checked. */
function endsBefore(
  fromMs: number | undefined,
  refunds: readonly { readonly madeAtMs: number | undefined }[],
): boolean {
  const [newest = NaN, oldest = NaN] = [refunds[0]?.madeAtMs, refunds.at(-1)?.madeAtMs];
  return fromMs !== undefined && oldest < fromMs && oldest <= newest;
}

/** An error, because "not found" would let the caller refund again. */
function notSearchedToTheEnd(sought: string): ServiceError {
  const searched = refundsPerPage * refundPagesAtMost;
  return new ServiceError(`The refund is not among the newest ${searched} at Paystack [${sought}]`, {
    service: 'paystack',
    route: 'GET /refund',
    verdict: 'fault',
    code: 'refund-search-too-long',
  });
}
