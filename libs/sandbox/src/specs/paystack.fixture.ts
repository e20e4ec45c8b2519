import { createHmac } from 'node:crypto';
import type { Answer, Harness } from './harness.fixture.ts';

const secret = 'sk_test_longhaul';

/** An answer of Paystack: its envelope, with the data of a successful call. */
export interface Said extends Pick<Answer, 'status'> {
  readonly body: Record<string, unknown>;
  readonly data: Record<string, unknown>;
}

/** Calls Paystack with the secret. */
export function paystackAt(at: () => Harness) {
  async function send(path: string, request: RequestInit & { key?: string } = {}): Promise<Said> {
    const { key, ...rest } = request;
    const response = await fetch(at().sandbox.urls.paystack + path, {
      ...rest,
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(rest.headers as Record<string, string> | undefined),
      },
    });
    const body = (await response.json()) as Said['body'];
    return { status: response.status, body, data: (body.data ?? {}) as Said['data'] };
  }
  return {
    get: (path: string) => send(path),
    post: (path: string, body: unknown, key?: string) =>
      send(path, { method: 'POST', body: JSON.stringify(body), ...(key !== undefined && { key }) }),
    send,
    charge: (reference: string, user: string, amount = 5_000, key?: string) =>
      send('/transaction/charge_authorization', {
        method: 'POST',
        body: JSON.stringify({
          ...{ reference, amount, currency: 'NGN', authorization_code: `AUTH_${user}` },
          email: `${user}@passengers.longhaul.test`,
        }),
        ...(key !== undefined && { key }),
      }),
  };
}

export interface Told {
  readonly event: string;
  readonly data: Record<string, unknown>;
  readonly signed: boolean;
}

/** A receiver of Paystack's events, which answers with the status from `answer`. */
export function receiver(answer: (told: Told) => number = () => 200) {
  const told: Told[] = [];
  return {
    told,
    /** The events about a charge, sorted by name. */
    about: (reference: string) =>
      told
        .filter(({ data }) => data.reference === reference || data.transaction_reference === reference)
        .map(({ event, signed }) => (signed ? event : `${event}, forged`))
        .toSorted(),
    handler: (rawBody: string, signature: string) => {
      const signed = createHmac('sha512', secret).update(rawBody).digest('hex') === signature;
      const event = { ...(JSON.parse(rawBody) as Omit<Told, 'signed'>), signed };
      told.push(event);
      return Promise.resolve(answer(event));
    },
  };
}
