import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { SandboxCore } from '../../core.ts';
import type { Received, StrangerRoutes } from '../../http/exchange.ts';
import { done, refused } from '../../http/operation.ts';
import { secretsOf } from './secrets.ts';

const route = 'POST /:merchant/hooks';
const ownNetwork = 'http://127.0.0.1:1/';

/** The servers of all merchants. They record every event that they receive, and whether its signature was valid. */
export function merchantServerRoutes(core: SandboxCore): StrangerRoutes {
  return {
    keyHeader: 'webhook-id',
    exchanges: [
      {
        route,
        read: (received) => ({
          names: [received.params.merchant ?? ''],
          work: () => Promise.resolve(answerOf(core, received.params.merchant ?? '', received)),
        }),
      },
    ],
  };
}

function answerOf({ typedRefusal, typedValueOf }: SandboxCore, merchant: string, { headers, body }: Received) {
  const refusal = typedRefusal(route, merchant);
  if (refusal) {
    const answer = refused(refusal.status, refusal.code, `The merchant's server takes no event [${merchant}]`);
    return refusal.status === 302 ? { ...answer, headers: { location: ownNetwork } } : answer;
  }
  const eventId = textOf(headers['webhook-id']);
  const timestamp = textOf(headers['webhook-timestamp']);
  return done(200, { received: true }, [
    {
      effect: 'webhook-received',
      merchant,
      eventId,
      timestamp: timestamp !== null && /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : null,
      bodyDigest: createHash('sha256').update(body).digest('hex'),
      valid: secretsOf(merchant, typedValueOf(merchant)).some((secret) => isSigned(secret, headers, body)),
      ...factsIn(body),
    },
  ]);
}

/** Compares with the real clock, like the sender, because the clock of the sandbox may be days ahead. */
function isSigned(secret: string, headers: Received['headers'], body: Buffer): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

function factsIn(body: Buffer): { type: string | null; sequence: number | null; paymentId: string | null } {
  const event = parsed(body);
  return {
    type: textOf(event.type),
    sequence: typeof event.sequence === 'number' ? event.sequence : null,
    paymentId: textOf((event.data as Record<string, unknown> | null | undefined)?.paymentId),
  };
}

function parsed(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(body.toString('utf8')) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
