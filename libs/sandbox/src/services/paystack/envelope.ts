import { createHash, timingSafeEqual } from 'node:crypto';
import type { Effect } from '@longhaul/checker';
import { z } from 'zod';
import type { Exchange, Received, Understood } from '../../http/exchange.ts';
import type { Outcome } from '../../http/operation.ts';
import { fieldErrors } from '../../http/problem.ts';

/** An answer of Paystack. `status: true` means that the call succeeded, not that anything was paid. */
export function answered(
  message: string,
  data: unknown,
  also: { effects?: readonly Effect[]; housekeeping?: readonly Effect[]; meta?: unknown } = {},
): Outcome {
  const { meta, ...effects } = also;
  return { status: 200, body: { status: true, message, data, ...(meta !== undefined && { meta }) }, ...effects };
}

const nextSteps = {
  invalid_Key: 'Ensure that you provide the correct authorization key for the request',
  invalid_params: 'Ensure that you send the parameters as the documentation has them',
  duplicate_reference: 'Use another reference, or verify the transaction that has this one',
  transaction_not_found: 'Ensure that you pass the reference of a transaction of this integration',
  transaction_not_refundable: 'Only what was paid, and has not gone back, can be refunded',
  dispute_not_found: 'Ensure that you pass the id of a dispute of this integration',
  refund_not_found: 'Ensure that you pass the id of a refund of this integration',
} as const;

export function refusedByPaystack(status: number, code: keyof typeof nextSteps, message: string): Outcome {
  return {
    status,
    body: { status: false, message, type: 'validation_error', code, meta: { nextStep: nextSteps[code] } },
    headers: { 'content-type': 'application/json' },
  };
}

/** A call to Paystack with the secret. Unknown fields of the body are ignored, like at Paystack. */
export function paystackCall<Asked>(
  secret: string,
  call: {
    readonly route: Exchange['route'];
    readonly asks: z.ZodType<Asked>;
    readonly names?: (asked: Asked) => readonly string[];
    readonly work: (order: Order<Asked>) => Promise<Outcome>;
  },
): Exchange {
  return {
    route: call.route,
    read(received): Understood | Outcome {
      if (!hasSecret(received, secret)) return refusedByPaystack(401, 'invalid_Key', 'Invalid key');
      const parsed = call.asks.safeParse({ ...bodyOf(received), ...received.query, ...received.params });
      if (!parsed.success) {
        const wrong = fieldErrors(parsed.error).map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`);
        return refusedByPaystack(400, 'invalid_params', wrong.join('; '));
      }
      const asked = parsed.data;
      return { names: call.names?.(asked) ?? [], work: (order) => call.work({ asked, ...order }) };
    },
  };
}

type Order<Asked> = { readonly asked: Asked } & Parameters<Understood['work']>[0];

function hasSecret({ headers }: Received, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${secret}`));
}

function bodyOf({ body }: Received): object {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8') || '{}');
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** Paystack accepts integers also as text. */
const wholeNumber = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: 'must be a whole number' })
  .pipe(z.int().positive());

export const Amount = wholeNumber;
export const PageNumber = wholeNumber;
export const Currency = z.enum(['NGN', 'GHS', 'ZAR', 'KES', 'USD'], { error: 'is not supported' });
