import { check, PaymentInitiated, type FieldIssue } from '@longhaul/contracts';
import { z } from 'zod';

/** Far more than an event with its SNS envelope needs. Larger bodies are refused without parsing. */
export const bodyLimitBytes = 64 * 1_024;

/** A valid event, or all mistakes of the message. */
export type Reading =
  { readonly ok: true; readonly event: PaymentInitiated } | { readonly ok: false; readonly reason: string };

/** The envelope of SNS, unless the subscription has raw delivery. */
const Envelope = z.object({
  Type: z.literal('Notification', { error: 'must be "Notification"' }),
  TopicArn: z.string().optional(),
  Message: z.string(),
});

const Event = PaymentInitiated.extend({
  type: z.literal('payment.initiated', { error: 'must be "payment.initiated"' }),
});

/** Reads the body of a message, with or without an SNS envelope. */
export function readMessage(body: string, topicArn: string): Reading {
  const sizeBytes = Buffer.byteLength(body);
  if (sizeBytes > bodyLimitBytes) {
    return refused(`The message is too large [${sizeBytes} bytes, at most ${bodyLimitBytes}]`);
  }
  const outer = parseJson(body);
  if (outer === notJson) return refused('The message is not JSON');
  return isEnvelope(outer) ? readEnvelope(outer, topicArn) : readEvent(outer);
}

function readEnvelope(given: unknown, topicArn: string): Reading {
  const envelope = check(Envelope, given);
  if (!envelope.ok) return refused(`The envelope is not one of SNS that is taken here ${flaws(envelope.issues)}`);
  const { TopicArn, Message } = envelope.value;
  if (TopicArn !== undefined && TopicArn !== topicArn) return refused('The envelope names another topic [/TopicArn]');
  const event = parseJson(Message);
  return event === notJson ? refused('The message in the envelope is not JSON [/Message]') : readEvent(event);
}

function readEvent(given: unknown): Reading {
  const event = check(Event, given);
  return event.ok
    ? { ok: true, event: event.value }
    : refused(`The event is not what the contract asks for ${flaws(event.issues)}`);
}

const refused = (reason: string): Reading => ({ ok: false, reason });

const notJson = Symbol('not JSON');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}

/** Fields of SNS begin with a capital letter; our events have "type". */
function isEnvelope(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'Type') && !Object.hasOwn(value, 'type');
}

/** Names the fields without their values, because reasons are logged. */
function flaws(issues: readonly FieldIssue[]): string {
  return `[${issues.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join('; ')}]`;
}
