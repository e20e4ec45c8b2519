import { z } from 'zod';
import type { CallContext, Http } from './http.ts';
import { refusalsAsValues } from './service-error.ts';
import { Moment, Money, Text } from './values.ts';

const Opened = z.object({ state: z.literal('waiting') }).transform(({ state }) => ({ status: state }));

const Closing = z.enum(['expired', 'cancelled', 'refused', 'failed', 'settled-by-hand']);
type TopUpClosing = z.infer<typeof Closing>;

const Closed = z.object({ state: Closing });

const Credited = z.object({ credited: Money }).transform(({ credited }) => ({ status: 'credited' as const, credited }));

const TopUpRecord = z.object({
  topUpId: Text,
  userId: Text,
  money: Money,
  state: z.enum(['waiting', 'credited', ...Closing.options]),
  openedAt: Moment,
  /** The run that opened it. */
  madeBy: Text.nullable(),
  /** The reference of the credited charge. */
  reference: Text.nullable(),
  /** The run that closed it has refunded its charge, so no other run must. */
  chargeReturned: z.boolean(),
});
export type TopUpRecord = z.infer<typeof TopUpRecord>;

export interface TopUpWish {
  readonly topUpId: string;
  /** The run that sends the request. If another run has used this id, the service refuses. */
  readonly madeBy: string;
  readonly userId: string;
  readonly money: Money;
}

export interface TopUpEnd extends TopUpWish {
  readonly state: TopUpClosing;
  readonly chargeReturned: boolean;
}

export interface Credit {
  readonly user: string;
  /** The reference of the charge at the card gateway. Each is credited at most once. */
  readonly reference: string;
  readonly topUpId: string;
  /** The amount paid according to the gateway. */
  readonly money: Money;
  /** It was paid after the top-up had expired. */
  readonly late: boolean;
}

/** An earlier run of the same request has made it. The service may know that run's key or only its effect. */
const madeBefore = { status: 'made-before' as const };

/** Wallets and top-ups. */
export function walletsService(http: Http) {
  return {
    openTopUp: ({ topUpId, ...body }: TopUpWish, context: CallContext) =>
      refusalsAsValues(
        { 'already-undone': madeBefore, 'top-up-exists': madeBefore, 'idempotency-key-reused': madeBefore },
        http.send('POST /top-ups/:topUpId/opening', Opened, context, { params: { topUpId }, body }),
      ),

    /** Can be called before the top-up is opened: the service then refuses to open it later. */
    closeTopUp: ({ topUpId, ...body }: TopUpEnd, context: CallContext) =>
      http.send('POST /top-ups/:topUpId/closing', Closed, context, { params: { topUpId }, body }),

    findTopUp: (topUpId: string, context: CallContext) =>
      refusalsAsValues(
        { 'not-found': undefined },
        http.send('GET /top-ups/:topUpId', TopUpRecord, context, { params: { topUpId } }),
      ),

    credit: ({ user, ...body }: Credit, context: CallContext) =>
      refusalsAsValues(
        {
          'already-credited': { status: 'already-credited' as const },
          'top-up-closed': { status: 'top-up-closed' as const },
        },
        http.send('POST /wallets/:user/credits', Credited, context, { params: { user }, body }),
      ),
  };
}
export type WalletsService = ReturnType<typeof walletsService>;
