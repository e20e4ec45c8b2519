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

/** An event has a few KiB. Nobody needs a token to have a body read here, so it is not read any further. */
const bodyLimitBytes = 64 * 1_024;

/** Paystack counts a webhook that is not answered within seconds as lost, and sends it again. */
const answerWithinMs = 900;

/**
 * What Paystack tells us. It is a hint: whoever hears of it asks Paystack itself. Answered 200 once it is on record and
 * handed on; anything else brings it back. One that nobody knows the reference of is recorded too, and is done with: a 404
 * would bring it back for three days.
 *
 * There is no limit of requests. It could only count by address, and Paystack comes from the same address as a forger when
 * both come through a load balancer. What is not signed costs a hash, and gets no call, no memory and no line in the log.
 */
export async function paystackWebhookRoute(
  app: FastifyInstance,
  longhaul: LonghaulClient,
  { secretKey, events }: PaystackWebhooks,
): Promise<void> {
  const once = unlessRepeated();
  const refused = refusalLog(app.log);
  await app.register((webhooks, _options, ready) => {
    // The signature is over the bytes as they came, whatever they say they are.
    webhooks.removeAllContentTypeParsers();
    webhooks.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    // The server's own two lines for each request are for those who have shown who they are.
    webhooks.post(paystackWebhookPath, { bodyLimit: bodyLimitBytes, logLevel: 'warn' }, async (request) => {
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const signature = request.headers['x-paystack-signature']?.toString() ?? '';
      if (!isSignedByPaystack(rawBody, signature, secretKey)) {
        refused(request.id);
        throw new Problem('invalid-signature', 'The body is not signed with the secret key of this account.');
      }
      const log = app.log.child({ correlationId: request.id });
      const event = read(rawBody, log);
      // The same signature: the same bytes.
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
    // Without the words of the parser, which quotes the body.
    log.warn({ bytes: rawBody.length }, 'Paystack has signed something that is no event');
    throw invalidRequest([{ pointer: '', detail: 'must be an event of Paystack' }], cause);
  }
}

/** What can be a key and be kept by any service. All that is ours has this form. */
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

/** What the service says of this very event, and will say again each time. Another refusal is about us, and passes. */
const forGood = new Set([400, 409, 410, 413, 422]);

/** Undefined when the payment service will never take it: it would only come back, for three days. */
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

/** What is late goes on by itself, and the event that comes again finds it done. */
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
