import { randomBytes } from 'node:crypto';
import type { Effect } from '@longhaul/checker';
import { z } from 'zod';
import type { SandboxCore } from '../../core.ts';
import type { Exchange } from '../../http/exchange.ts';
import { Reference } from '../../values.ts';
import { announceCharge } from './charge-events.ts';
import { Amount, answered, Currency, paystackCall, refusedByPaystack } from './envelope.ts';
import { moveRefunds } from './refund-moves.ts';
import { lockTransaction, lookAt, shown, shownCharge, succeed, writeTransaction } from './transactions.ts';

const Email = z.string().regex(/^[^@\s]+@[^@\s]+$/, { error: 'must be an email address' });
const CardOfUser = z.string().regex(/^AUTH_.+$/, { error: 'is not a known authorization' });

const Checkout = z.object({
  email: Email,
  amount: Amount,
  currency: Currency.default('NGN'),
  reference: Reference.optional(),
  metadata: z.unknown().optional(),
});
const CardCharge = z.object({
  email: Email,
  amount: Amount,
  currency: Currency.default('NGN'),
  reference: Reference.optional(),
  authorization_code: CardOfUser,
  metadata: z.unknown().optional(),
});

const userOfCard = (authorization: string) => authorization.slice('AUTH_'.length);

const duplicate = refusedByPaystack(400, 'duplicate_reference', 'Duplicate Transaction Reference');

/** The result of charging a saved card, by the typed failure of its user. */
function cardAnswer(value: string | undefined): { status: 'success' | 'failed' | 'pending'; gatewayResponse: string } {
  if (value === 'u-declined') return { status: 'failed', gatewayResponse: 'Declined' };
  if (value === 'u-broke') return { status: 'failed', gatewayResponse: 'Insufficient Funds' };
  if (value === 'u-pending') return { status: 'pending', gatewayResponse: 'Pending' };
  return { status: 'success', gatewayResponse: 'Successful' };
}

/** A slow bank has decided at the second look-up. */
const looksUntilDecided = 2;

/** Checkouts, charges of saved cards, and look-ups of both. */
export function chargeExchanges(core: SandboxCore): readonly Exchange[] {
  const { publicUrl, typedValueOf } = core;
  const { paystackSecret: secret } = core.settings;
  return [
    paystackCall(secret, {
      route: 'POST /transaction/initialize',
      asks: Checkout,
      async work({ asked: { email, amount, currency, reference = madeUp(), metadata }, tx }) {
        const accessCode = madeUp();
        const opened = await writeTransaction(tx, {
          ...{ reference, accessCode, user: email.split('@')[0] ?? '', email, amount, currency, metadata },
          ...{
            status: 'abandoned',
            gatewayResponse: 'The transaction was not completed',
            channel: 'card',
            paidAt: null,
          },
        });
        if (!opened) return duplicate;
        const data = { authorization_url: `${publicUrl()}/checkout/${accessCode}`, access_code: accessCode, reference };
        const effect: Effect = { effect: 'checkout-opened', reference, money: { amount, currency } };
        return answered('Authorization URL created', data, { effects: [effect] });
      },
    }),

    paystackCall(secret, {
      route: 'POST /transaction/charge_authorization',
      asks: CardCharge,
      names: (asked) => [userOfCard(asked.authorization_code)],
      async work({ asked, tx, now }) {
        const { email, amount, currency, reference = madeUp(), metadata } = asked;
        const user = userOfCard(asked.authorization_code);
        const { status, gatewayResponse } = cardAnswer(typedValueOf(user));
        const paidAt = status === 'success' ? now : null;
        const written = await writeTransaction(tx, {
          ...{ reference, accessCode: null, user, email, amount, currency, metadata },
          ...{ status, gatewayResponse, channel: 'card', paidAt },
        });
        if (!written) return duplicate;
        const short = typedValueOf(user) === 'u-short';
        const charged = short ? await succeed(tx, reference, amount - 1, now) : written;
        if (status === 'success') await announceCharge(core, tx, charged, now);
        const money = { amount: charged.amount, currency };
        const effect: Effect = { effect: 'card-charged', reference, user, money, status };
        return answered('Charge attempted', shownCharge(charged, now), { effects: [effect] });
      },
    }),

    paystackCall(secret, {
      route: 'GET /transaction/verify/:reference',
      asks: z.object({ reference: z.string() }),
      async work({ asked: { reference }, tx, now }) {
        const housekeeping = [...(await moveRefunds(tx, now, { reference }))];
        const transaction = await lockTransaction(tx, { reference });
        if (!transaction) {
          return refusedByPaystack(404, 'transaction_not_found', 'Transaction reference not found.');
        }
        const { user, amount, currency, status } = transaction;
        const decided = status === 'pending' && (await lookAt(tx, reference)) >= looksUntilDecided;
        const paidMeanwhile = status === 'abandoned' && typedValueOf(user) === 'u-pays';
        if (!decided && !paidMeanwhile)
          return answered('Verification successful', shown(transaction), { housekeeping });
        const paid = await succeed(tx, reference, amount, now);
        await announceCharge(core, tx, paid, now);
        const money = { amount, currency };
        housekeeping.push(
          paidMeanwhile
            ? { effect: 'checkout-paid', reference, money }
            : { effect: 'card-charged', reference, user, money, status: 'success' },
        );
        return answered('Verification successful', shown(paid), { housekeeping });
      },
    }),
  ];
}

const madeUp = () => randomBytes(10).toString('hex');
