import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SandboxCore } from '../../core.ts';
import type { Database } from '../../database/queries.ts';
import { problem, problemType } from '../../http/problem.ts';
import { amountInWords } from '../../pages/amount.ts';
import { html, page, type Html } from '../../pages/html.ts';
import { journalByItself } from '../../every-service/journal.ts';
import { announceCharge } from './charge-events.ts';
import { Amount } from './envelope.ts';
import { lockTransaction, succeed } from './transactions.ts';

const Payment = z.object({ amount: Amount.optional() });

/** The result of paying at a checkout. */
type Paid = 'paid' | 'paid-before' | 'no-such-checkout';

interface CheckoutDesk {
  /** Pays the requested amount, or `amount` in minor units. */
  pay(at: { readonly reference: string } | { readonly accessCode: string }, amount?: number): Promise<Paid>;
}

export function openCheckoutDesk(core: SandboxCore, afterCommit: () => void): CheckoutDesk {
  const { database, now } = core;
  return {
    async pay(at, amount) {
      const paidAt = await now();
      const paid = await database.transaction(async (tx): Promise<Paid> => {
        const checkout = await lockTransaction(tx, at);
        if (!checkout?.accessCode) return 'no-such-checkout';
        if (checkout.status !== 'abandoned') return 'paid-before';
        const { reference, currency } = checkout;
        const transaction = await succeed(tx, reference, amount ?? checkout.amount, paidAt);
        await announceCharge(core, tx, transaction, paidAt);
        const money = { amount: transaction.amount, currency };
        await journalByItself(tx, 'paystack', [{ effect: 'checkout-paid', reference, money }], paidAt);
        return 'paid';
      });
      if (paid === 'paid') afterCommit();
      return paid;
    },
  };
}

/** The page where a user pays. It replaces the gateway's page, so it needs neither secret nor key. */
export function serveCheckout(app: FastifyInstance, database: Database, desk: CheckoutDesk): void {
  app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );

    scope.get<{ Params: { accessCode: string } }>('/checkout/:accessCode', async ({ params }, reply) => {
      const [checkout] = await database.query<{ amount: number; currency: string; status: string }>(
        `select amount::int as amount, currency, status from gateway_transactions where access_code = $1`,
        [params.accessCode],
      );
      if (!checkout) return reply.code(404).type('text/html').send(checkoutPage('There is no such checkout.'));
      const { amount, currency, status } = checkout;
      if (status !== 'abandoned') return reply.type('text/html').send(checkoutPage('This is paid. Thank you.'));
      return reply.type('text/html').send(payPage(params.accessCode, amountInWords(amount, currency)));
    });

    scope.post<{ Params: { accessCode: string } }>('/checkout/:accessCode/pay', async ({ params, body }, reply) => {
      const payment = Payment.safeParse(body ?? {});
      if (!payment.success) return reply.code(400).type(problemType).send(refusal(400, 'The amount is not valid'));
      const paid = await desk.pay({ accessCode: params.accessCode }, payment.data.amount);
      if (paid === 'paid') return reply.type('text/html').send(checkoutPage('This is paid. Thank you.'));
      const status = paid === 'paid-before' ? 409 : 404;
      return reply
        .code(status)
        .type(problemType)
        .send(refusal(status, `Nothing was taken [${paid}]`, paid));
    });
    return Promise.resolve();
  });
}

const refusal = (status: number, detail: string, code = 'invalid-request') =>
  JSON.stringify(problem(status, code, detail));

const checkoutPage = (text: string, ...more: readonly Html[]) => page('Checkout', html`<p>${text}</p>`, ...more);

const payPage = (accessCode: string, amount: string) =>
  checkoutPage(
    'You pay',
    html`<p class="amount">${amount}</p>
      <form method="post" action="/checkout/${accessCode}/pay"><button>Pay</button></form>
      <p class="quiet">This stands for the card gateway's own page. No card is charged.</p>`,
  );
