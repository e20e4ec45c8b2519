import type { Money as Amount } from '@longhaul/checker';
import { z } from 'zod';
import type { SandboxCore } from '../../core.ts';
import type { Queries } from '../../database/queries.ts';
import { done, operation, refused, type Outcome, type ServiceRoutes } from '../../http/operation.ts';
import { Money, Name } from '../../values.ts';
import { capturedFares, lockWallet, transfer, walletOf } from './ledger.ts';
import { alreadyUndone, markUndone, open } from './marks.ts';

const refundRoute = 'POST /charges/:chargeId/refunds';

/** Wallets, charges and refunds. Every user exists, with money in the wallet. */
export function chargesRoutes({ typedRefusal }: SandboxCore): ServiceRoutes {
  return {
    operations: [
      operation({
        route: 'POST /charges',
        body: z.strictObject({ chargeId: Name, user: Name, fare: Money }),
        names: ({ user }) => [user],
        async work({ body: { chargeId, user, fare }, tx }) {
          const opened = await open(tx, 'charge', chargeId);
          if (opened === 'undone') return alreadyUndone('charge', chargeId);
          if (opened === 'known' && (await lockCharge(tx, chargeId))) {
            return refused(409, 'charge-exists', `The charge was made before, under another key [${chargeId}]`);
          }
          const declined = (status: number, reason: string): Outcome =>
            refused(status, reason, `The charge was declined [user: ${user}, charge: ${chargeId}]`, {
              effects: [{ effect: 'charge-declined', chargeId, user, reason }],
            });
          const refusal = typedRefusal('POST /charges', user);
          if (refusal) return declined(refusal.status, refusal.code);
          if ((await lockWallet(tx, user, fare.currency)) < fare.amount) return declined(402, 'insufficient-funds');
          await transfer(tx, { from: walletOf(user), to: capturedFares, money: fare });
          await tx.query(`insert into charges (charge_id, user_id, amount, currency) values ($1, $2, $3, $4)`, [
            chargeId,
            user,
            fare.amount,
            fare.currency,
          ]);
          return done(201, { chargeId }, [{ effect: 'charge-captured', chargeId, user, money: fare }]);
        },
      }),

      operation({
        route: refundRoute,
        body: z.strictObject({ refundId: Name, amount: Money.optional() }),
        async work({ params: { chargeId = '' }, body: { refundId, amount: wanted }, tx }) {
          await markUndone(tx, 'charge', chargeId);
          const charge = await lockCharge(tx, chargeId);
          if (!charge) return done(201, { refunded: null }, [{ effect: 'charge-voided', chargeId }]);
          const refusal = typedRefusal(refundRoute, charge.user);
          if (refusal) return refused(refusal.status, refusal.code, `The charge cannot be refunded [${chargeId}]`);
          const problem = await whyNot(tx, charge, refundId, wanted);
          if (problem) return problem;
          const refunded = wanted ?? { amount: charge.left, currency: charge.currency };
          if (refunded.amount === 0) return done(201, { refunded });
          await tx.query(`update charges set refunded = refunded + $2 where charge_id = $1`, [
            chargeId,
            refunded.amount,
          ]);
          await tx.query(`insert into refunds (refund_id, charge_id, amount) values ($1, $2, $3)`, [
            refundId,
            chargeId,
            refunded.amount,
          ]);
          await transfer(tx, { from: capturedFares, to: walletOf(charge.user), money: refunded });
          return done(201, { refunded }, [{ effect: 'charge-refunded', chargeId, refundId, money: refunded }]);
        },
      }),
    ],
  };
}

interface Charge {
  readonly user: string;
  readonly currency: string;
  /** The amount captured and not refunded, in minor units. */
  readonly left: number;
}

async function lockCharge(tx: Queries, chargeId: string): Promise<Charge | undefined> {
  const [charge] = await tx.query<Charge>(
    `select user_id as "user", currency, amount - refunded as "left" from charges where charge_id = $1 for update`,
    [chargeId],
  );
  return charge;
}

async function whyNot(
  tx: Queries,
  charge: Charge,
  refundId: string,
  wanted: Amount | undefined,
): Promise<Outcome | undefined> {
  if ((await tx.query(`select from refunds where refund_id = $1`, [refundId])).length > 0) {
    return refused(409, 'refund-exists', `The refund was made before, under another key [${refundId}]`);
  }
  if (wanted && wanted.currency !== charge.currency) {
    return refused(409, 'currency-mismatch', `The charge was in ${charge.currency}, the refund is not [${refundId}]`);
  }
  if (wanted && wanted.amount > charge.left) {
    return refused(409, 'exceeds-captured', `The refund is more than what is left [${refundId}, left: ${charge.left}]`);
  }
  return undefined;
}
