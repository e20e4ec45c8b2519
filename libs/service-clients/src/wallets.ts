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
  /** Of the charge that was credited. */
  reference: Text.nullable(),
  /** Whoever closed it has given back what was charged for it, or has had it given back: nobody else has to. */
  chargeReturned: z.boolean(),
});
export type TopUpRecord = z.infer<typeof TopUpRecord>;

export interface TopUpWish {
  readonly topUpId: string;
  /** The run that asks. What another run asked for under this id is not given to it. */
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
  /** Of the charge at the card gateway: it is credited once, for good. */
  readonly reference: string;
  readonly topUpId: string;
  /** What the gateway says was paid. */
  readonly money: Money;
  /** Paid when the top-up had expired. */
  readonly late: boolean;
}

/** An earlier run of the same request was here, whether the service still knows its key or only what it made. */
const madeBefore = { status: 'made-before' as const };

/** Wallets, and what is paid into them. */
export function walletsService(http: Http) {
  return {
    openTopUp: ({ topUpId, ...body }: TopUpWish, context: CallContext) =>
      refusalsAsValues(
        { 'already-undone': madeBefore, 'top-up-exists': madeBefore, 'idempotency-key-reused': madeBefore },
        http.send('POST /top-ups/:topUpId/opening', Opened, context, { params: { topUpId }, body }),
      ),

    /** Also for a top-up that never was opened: it leaves a mark, and an opening that comes later is refused. */
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
