import type { TopUpRecord } from '@longhaul/checker';
import { z } from 'zod';
import type { Queries } from '../../database/queries.ts';
import { done, operation, refused, type Outcome, type ServiceRoutes } from '../../http/operation.ts';
import { Money, Name, Reference } from '../../values.ts';
import { cardGateway, lockWallet, transfer, walletOf } from './ledger.ts';
import { alreadyUndone, markUndone, open } from './marks.ts';
import { sameMoney } from './payment-records.ts';
import { lockTopUp, originOf, readTopUp, setChargeReturned, setTopUpState, writeTopUp } from './top-up-records.ts';

const Credit = z.strictObject({ reference: Reference, topUpId: Name, money: Money, late: z.boolean() });

/** Top-ups and wallet credits. */
export function walletsRoutes(): ServiceRoutes {
  return {
    operations: [
      operation({
        route: 'POST /top-ups/:topUpId/opening',
        body: z.strictObject({ userId: Name, money: Money, madeBy: Name.optional() }),
        async work({ params: { topUpId = '' }, body: { userId: user, money, madeBy }, tx, now }) {
          const opened = await open(tx, 'top-up', topUpId);
          if (opened === 'undone') return alreadyUndone('top-up', topUpId);
          if (opened === 'known') {
            return refused(409, 'top-up-exists', `The top-up was opened before, under another key [${topUpId}]`);
          }
          await writeTopUp(tx, { topUpId, user, money, madeBy, state: 'waiting', openedAt: now });
          return done(201, { state: 'waiting' }, [{ effect: 'top-up-opened', topUpId, user, money }]);
        },
      }),

      operation({
        route: 'POST /top-ups/:topUpId/closing',
        body: z.strictObject({
          state: z.enum(['expired', 'cancelled', 'refused', 'failed', 'settled-by-hand']),
          userId: Name,
          money: Money,
          madeBy: Name.optional(),
          chargeReturned: z.boolean().default(false),
        }),
        async work({ params: { topUpId = '' }, body, tx, now }) {
          const { state, userId: user, money, madeBy, chargeReturned } = body;
          await markUndone(tx, 'top-up', topUpId);
          const topUp = await lockTopUp(tx, topUpId);
          if (topUp?.state === state) return done(201, { state });
          if (topUp?.state === 'credited') {
            return refused(409, 'top-up-credited', `The top-up is in the wallet already [${topUpId}]`);
          }
          if (topUp && topUp.state !== 'waiting') return closed(topUp);
          if (topUp) await setTopUpState(tx, topUpId, state);
          else await writeTopUp(tx, { topUpId, user, money, madeBy, state, openedAt: now });
          if (chargeReturned) await setChargeReturned(tx, topUpId);
          return done(201, { state }, [{ effect: 'top-up-closed', topUpId, state }]);
        },
      }),

      operation({
        route: 'POST /wallets/:user/credits',
        body: Credit,
        async work({ params: { user = '' }, body, tx }) {
          const { reference, topUpId, money, late } = body;
          const topUp = await lockTopUp(tx, topUpId);
          const problem = await whyNot(tx, topUp, user, body);
          if (problem) return problem;
          await tx.query(`insert into wallet_credits (reference, top_up_id, late) values ($1, $2, $3)`, [
            reference,
            topUpId,
            late,
          ]);
          await setTopUpState(tx, topUpId, 'credited');
          await lockWallet(tx, user, money.currency);
          await transfer(tx, { from: cardGateway, to: walletOf(user), money });
          return done(201, { credited: money }, [{ effect: 'wallet-credited', user, topUpId, reference, money, late }]);
        },
      }),
    ],

    reads: [
      {
        route: 'GET /top-ups/:topUpId',
        async work({ params: { topUpId = '' }, tx }) {
          const topUp = await readTopUp(tx, topUpId);
          if (!topUp) return refused(404, 'not-found', `There is no such top-up [${topUpId}]`);
          const { user: userId, ...record } = topUp;
          return done(200, { ...record, userId, ...(await originOf(tx, topUpId)) });
        },
      },
    ],
  };
}

/**
 * Why a charge cannot be credited. Each reference is credited once. A second charge for a credited top-up is refused as
 * "closed", because it must be refunded; "already credited" would mean that it can be kept.
 */
async function whyNot(
  tx: Queries,
  topUp: TopUpRecord | undefined,
  user: string,
  { reference, topUpId, money, late }: z.infer<typeof Credit>,
): Promise<Outcome | undefined> {
  if ((await tx.query(`select from wallet_credits where reference = $1`, [reference])).length > 0) {
    return refused(409, 'already-credited', `The charge was credited before, under another key [${reference}]`);
  }
  if (topUp?.user !== user) return refused(404, 'not-found', `There is no such top-up of this user [${topUpId}]`);
  if (!sameMoney(money, topUp.money)) {
    return refused(409, 'amount-mismatch', `What was paid is not what the top-up is about [${topUpId}]`);
  }
  if (topUp.state === 'waiting' || (topUp.state === 'expired' && late)) return undefined;
  return closed(topUp);
}

const closed = ({ topUpId, state }: TopUpRecord): Outcome =>
  refused(409, 'top-up-closed', `The top-up was closed before [${topUpId}: ${state}]`);
