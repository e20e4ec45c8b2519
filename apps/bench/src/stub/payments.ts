import { nowUs } from '../measure/clock.ts';
import type { Answers, Call } from './call.ts';

/** The number of payments that have reached each state. */
export interface PaymentProgress {
  readonly completed: number;
  readonly lastCompletedAtUs: number;
  /** Payments whose event was delivered. */
  readonly told: number;
}

const completed = new Set<string>();
const told = new Set<string>();
let lastCompletedAtUs = 0;

const secret = `whsec_${Buffer.alloc(32, 'bench').toString('base64')}`;
const eventIdOf = (paymentId = '') => `evt-${paymentId}`;

/** The request for each reference, because exactly the requested amount is paid. */
const asked = new Map<string, object>();
const charge = (reference = '') => ({
  status: true,
  data: { status: 'success', reference, ...asked.get(reference) },
});

/** The payment service, Paystack, a merchant's endpoint and the invoices: no payment is declined, no endpoint is down. */
export const paymentAnswers: Answers = {
  'GET /payment/customers/:user': () => ({ email: 'user@example.org', authorization: 'AUTH_bench' }),
  'POST /payment/payments/:paymentId/opening': () => ({ state: 'processing' }),
  'POST /paystack/transaction/charge_authorization': ({ body }) => {
    ask(body);
    return charge(body.reference);
  },
  'POST /payment/payments/:paymentId/completion': ({ params: { paymentId = '' } }) => {
    if (!completed.has(paymentId)) lastCompletedAtUs = nowUs();
    completed.add(paymentId);
    return { eventId: eventIdOf(paymentId), sequence: 1 };
  },
  'GET /payment/merchants/:merchant/events/:eventId': ({ params: { eventId } }) => ({
    eventId,
    type: 'payment.completed',
    body: JSON.stringify({ eventId }),
  }),
  'GET /payment/merchants/:merchant/endpoint': ({ host }) => ({
    url: `http://${host}/merchant`,
    secrets: [secret],
    state: 'active',
  }),
  'POST /merchant': ({ body: { eventId = '' } }) => {
    told.add(eventId);
    return {};
  },
  'GET /progress': (): PaymentProgress => ({ completed: completed.size, lastCompletedAtUs, told: told.size }),

  'POST /payment/top-ups/:topUpId/opening': () => ({ state: 'waiting' }),
  'POST /paystack/transaction/initialize': ({ body, host }) => {
    ask(body);
    const { reference } = body;
    return { status: true, data: { authorization_url: `http://${host}/checkout`, reference } };
  },
  'POST /payment/gateway-events': ({ body: { reference = '' } }) => ({
    first: true,
    concern: { kind: 'top-up', topUpId: reference.replace(/^top-up-/, ''), state: 'waiting', credited: null },
    openRefunds: [],
  }),
  'GET /paystack/transaction/verify/:reference': ({ params: { reference } }) => charge(reference),
  'POST /payment/wallets/:user/credits': ({ body: { reference = '', money } }) => {
    creditOf(reference).note(nowUs());
    return { credited: money };
  },
  'POST /invoice/invoices': () => ({ number: 'INV-1' }),
  /** Answers when the credit is made, so that callers need not poll. */
  'GET /credits/:reference': async ({ params: { reference = '' } }) => ({ atUs: await creditOf(reference).atUs }),
};

function ask({ reference = '', amount, currency }: Call['body']): void {
  asked.set(reference, { amount, currency });
}

interface Credit {
  readonly atUs: Promise<number>;
  /** The first call counts. */
  readonly note: (atUs: number) => void;
}

const credits = new Map<string, Credit>();

function creditOf(reference: string): Credit {
  let note: Credit['note'] = () => undefined;
  const atUs = new Promise<number>((resolve) => (note = resolve));
  const credit = credits.get(reference) ?? { atUs, note };
  credits.set(reference, credit);
  return credit;
}
