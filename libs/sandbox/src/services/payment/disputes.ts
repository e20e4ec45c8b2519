import { z } from 'zod';
import type { Queries } from '../../database/queries.ts';
import { done, operation, type ServiceRoutes } from '../../http/operation.ts';
import { Reference } from '../../values.ts';

type State = 'open' | 'won' | 'lost';

/** Disputed charges. A dispute that is over stays over, in whatever order the events arrive. */
export function disputesRoutes(): ServiceRoutes {
  return {
    operations: [
      operation({
        route: 'POST /disputes/:disputeId/opening',
        body: z.strictObject({ reference: Reference }),
        async work({ params: { disputeId = '' }, body: { reference }, tx }) {
          const state = await write(tx, { disputeId, reference, state: 'open' });
          const opened = { effect: 'dispute-opened', disputeId, reference } as const;
          return state ? done(201, { state }, [opened]) : done(201, { state: await stateOf(tx, disputeId) });
        },
      }),

      operation({
        route: 'POST /disputes/:disputeId/closing',
        body: z.strictObject({ reference: Reference, state: z.enum(['won', 'lost']) }),
        async work({ params: { disputeId = '' }, body: { reference, state: ended }, tx }) {
          const state = await write(tx, { disputeId, reference, state: ended });
          const closed = { effect: 'dispute-closed', disputeId, reference, state: ended } as const;
          return state ? done(201, { state }, [closed]) : done(201, { state: await stateOf(tx, disputeId) });
        },
      }),
    ],

    reads: [
      {
        route: 'GET /disputed-charges/:reference',
        work: async ({ params: { reference = '' }, tx }) => done(200, { disputed: await isDisputed(tx, reference) }),
      },
    ],
  };
}

/** Includes lost disputes: the bank has refunded those, so another refund would pay twice. */
export async function isDisputed(tx: Queries, reference: string): Promise<boolean> {
  const found = await tx.query(`select 1 from disputes where reference = $1 and state <> 'won' limit 1`, [reference]);
  return found.length > 0;
}

interface Dispute {
  readonly disputeId: string;
  readonly reference: string;
  readonly state: State;
}

/** Undefined if the state does not change. */
async function write(tx: Queries, { disputeId, reference, state }: Dispute): Promise<State | undefined> {
  const [written] = await tx.query<{ state: State }>(
    `insert into disputes (dispute_id, reference, state) values ($1, $2, $3)
     on conflict (dispute_id) do update set state = excluded.state
       where disputes.state = 'open' and excluded.state <> 'open'
     returning state`,
    [disputeId, reference, state],
  );
  return written?.state;
}

async function stateOf(tx: Queries, disputeId: string): Promise<State | undefined> {
  const [found] = await tx.query<{ state: State }>(`select state from disputes where dispute_id = $1`, [disputeId]);
  return found?.state;
}
