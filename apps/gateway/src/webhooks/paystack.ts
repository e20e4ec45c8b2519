import {
  isSignedByPaystack,
  PaystackEvent,
  ServiceError,
  type GatewayEvent,
  type GatewayEventsService,
} from '@longhaul/service-clients';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { readJson } from '../http/json.ts';
import { comeAgain, invalidRequest, Problem } from '../http/problem.ts';
import type { LonghaulClient } from '../routes/route.ts';
import { hearOf } from './hear-of.ts';
import { refusalLog } from './refusals.ts';
import { unlessRepeated } from './repeats.ts';

export interface PaystackWebhooks {
  readonly secretKey: string;
  readonly events: GatewayEventsService;
}

export const paystackWebhookPath = '/api/v1/webhooks/paystack';

/** Events have a few KiB. The route needs no token, so larger bodies are not read. */
const bodyLimitBytes = 64 * 1_024;

/** Paystack repeats a webhook that is not answered within seconds. */
const answerWithinMs = 900;

/**
 * Receives Paystack's webhooks. They are only hints: the runs ask Paystack itself. An event is answered with 200 once it is
 * recorded and passed on; after any other answer Paystack repeats it. An event with an unknown reference is recorded and
 * answered with 200 as well, because after a 404 it would come back for three days.
 *
 * There is no rate limit: it could only count by address, and behind a load balancer Paystack has the same address as an
 * attacker. An unsigned request costs one hash, and no call, no memory and no log line.
 */
export async function paystackWebhookRoute(
  app: FastifyInstance,
  longhaul: LonghaulClient,
  { secretKey, events }: PaystackWebhooks,
): Promise<void> {
  const once = unlessRepeated();
  const refused = refusalLog(app.log);
  await app.register((webhooks, _options, ready) => {
    // The signature covers the raw bytes, so the body is not parsed by its content type.
    webhooks.removeAllContentTypeParsers();
    webhooks.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    // Fastify's two log lines per request are only for authenticated callers.
    webhooks.post(paystackWebhookPath, { bodyLimit: bodyLimitBytes, logLevel: 'warn' }, async (request) => {
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const signature = request.headers['x-paystack-signature']?.toString() ?? '';
      if (!isSignedByPaystack(rawBody, signature, secretKey)) {
        refused(request.id);
        throw new Problem('invalid-signature', 'The body is not signed with the secret key of this account.');
      }
      const log = app.log.child({ correlationId: request.id });
      const event = read(rawBody, log);
      // The same signature means the same bytes.
      const work = once(signature.toLowerCase(), () => handOn(longhaul, events, event, request.id, log));
      await inTime(work, log);
      return { received: true };
    });
    ready();
  });
}

function read(rawBody: Buffer, log: FastifyBaseLogger): PaystackEvent {
  try {
    return PaystackEvent.parse(readJson(rawBody));
  } catch (cause) {
    // Without the parser's message, which quotes the body.
    log.warn({ bytes: rawBody.length }, 'Paystack has signed something that is no event');
    throw invalidRequest([{ pointer: '', detail: 'must be an event of Paystack' }], cause);
  }
}

/** Values that are valid as a key. All our references have this form. */
const plain = /^[\x21-\x7e]{1,200}$/;

async function handOn(
  longhaul: LonghaulClient,
  events: GatewayEventsService,
  { event, id, reference, disputeId }: PaystackEvent,
  correlationId: string,
  log: FastifyBaseLogger,
): Promise<void> {
  if (reference === undefined || ![event, id, reference].every((text) => plain.test(text))) {
    const about = { event: event.slice(0, 200), eventId: id.slice(0, 200) };
    log.info(about, 'An event of Paystack about no reference that could be ours: nothing to do');
    return;
  }
  const heard = await recorded(events, { event, id, reference }, correlationId, log);
  if (!heard) return;
  const done = await hearOf(longhaul, { event, reference, disputeId, ...heard }, correlationId);
  log.info({ event, eventId: id, reference, first: heard.first, done }, 'Heard from Paystack');
}

/** Statuses with which the service refuses this event for good. Any other refusal may pass. */
const forGood = new Set([400, 409, 410, 413, 422]);

/** Undefined if the payment service refuses the event for good: repeats for three days would not help. */
async function recorded(
  events: GatewayEventsService,
  heard: GatewayEvent,
  correlationId: string,
  log: FastifyBaseLogger,
) {
  try {
    return await events.record(heard, { key: `paystack/${heard.event}/${heard.id}`, correlationId });
  } catch (error) {
    const refused = error instanceof ServiceError && error.verdict === 'refusal' && forGood.has(error.status ?? 0);
    if (!refused) throw error;
    log.error({ ...heard, code: error.code, why: error.message }, 'The payment service will never take this event');
    return undefined;
  }
}

/** Work that takes too long goes on, and the repeated event finds it done. */
async function inTime(work: Promise<void>, log: FastifyBaseLogger): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(comeAgain('service-unavailable', 'The event could not be taken in time. Send it again.', 60));
      work.catch((error: unknown) => {
        log.warn({ why: (error as Error).message }, 'An event of Paystack was not taken, and has to come again');
      });
    }, answerWithinMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
