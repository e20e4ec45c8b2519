import { z } from 'zod';
import type { SandboxCore } from '../../core.ts';
import type { Queries } from '../../database/queries.ts';
import { done, operation, refused, type ServiceRoutes } from '../../http/operation.ts';
import { Name } from '../../values.ts';
import { findEvent } from './merchant-events.ts';
import { secretsOf } from '../merchant/secrets.ts';

type EndpointState = 'active' | 'failing' | 'disabled';

const Mark = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['failing', 'disabled']), eventId: Name, reason: z.string().min(1).max(1_000) }),
  z.strictObject({ state: z.literal('active') }),
]);

/** Merchants' events and endpoints. Every merchant exists, with an endpoint at the sandbox. */
export function merchantsRoutes({ publicUrl, typedValueOf }: SandboxCore): ServiceRoutes {
  return {
    operations: [
      operation({
        route: 'POST /merchants/:merchant/endpoint/state',
        body: Mark,
        async work({ params: { merchant = '' }, body, tx }) {
          const state = await mark(tx, merchant, body.state);
          if (state !== body.state) return done(201, { state });
          const { eventId, reason } = body.state === 'active' ? { eventId: null, reason: null } : body;
          return done(201, { state }, [{ effect: 'endpoint-marked', merchant, state, eventId, reason }]);
        },
      }),
    ],

    reads: [
      {
        route: 'GET /merchants/:merchant/events/:eventId',
        async work({ params: { merchant = '', eventId = '' }, tx }) {
          const event = await findEvent(tx, merchant, eventId);
          return event ? done(200, event) : refused(404, 'no-such-event', `There is no such event [${eventId}]`);
        },
      },
      {
        route: 'GET /merchants/:merchant/endpoint',
        async work({ params: { merchant = '' }, tx }) {
          const [known] = await tx.query<{ state: EndpointState }>(
            `select state from merchant_endpoints where merchant = $1`,
            [merchant],
          );
          const value = typedValueOf(merchant);
          const url = endpointOf(merchant, value, publicUrl());
          return done(200, { url, secrets: secretsOf(merchant, value), state: known?.state ?? 'active' });
        },
      },
    ],
  };
}

function endpointOf(merchant: string, value: string | undefined, publicUrl: string): string | null {
  if (value === 'm-none') return null;
  return value === 'm-inside' ? 'https://169.254.169.254/hooks' : `${publicUrl}/merchant/${merchant}/hooks`;
}

/** A disabled endpoint cannot become failing: a person has to make it active. */
async function mark(tx: Queries, merchant: string, wanted: EndpointState): Promise<EndpointState> {
  const [endpoint] = await tx.query<{ state: EndpointState }>(
    `insert into merchant_endpoints as known (merchant, state) values ($1, $2)
     on conflict (merchant) do update set
       state = case when known.state = 'disabled' and $2 = 'failing' then 'disabled' else $2 end
     returning state`,
    [merchant, wanted],
  );
  return endpoint?.state ?? wanted;
}
