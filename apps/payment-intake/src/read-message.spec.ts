import { minorUnitDigits, type Currency } from '@longhaul/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inEnvelope, paymentEvent, topicArn } from './intake.fixture.ts';
import { bodyLimitBytes, readMessage } from './read-message.ts';

const read = (body: unknown) => readMessage(typeof body === 'string' ? body : JSON.stringify(body), topicArn);
const reasonOf = (body: unknown) => {
  const reading = read(body);
  return reading.ok ? undefined : reading.reason;
};

const event = paymentEvent('p-1');

describe('a valid message', () => {
  it('is the event itself with raw delivery', () => {
    expect(read(event)).toEqual({ ok: true, event });
  });

  it('is the event in an SNS envelope', () => {
    expect(read(inEnvelope(JSON.stringify(event)))).toEqual({ ok: true, event });
  });

  it('may have unknown fields, which are removed', () => {
    expect(read({ ...event, Type: 'new', payment: { ...event.payment, channel: 'app' } })).toEqual({ ok: true, event });
  });
});

describe('an invalid message is refused with all mistakes', () => {
  const { payment } = event;
  const contract = 'The event is not what the contract asks for';
  const envelope = 'The envelope is not one of SNS that is taken here';

  it.each([
    ['no JSON', '{"type":', 'The message is not JSON'],
    ['nothing', 'null', `${contract} [/ must be of type object]`],
    ['a list', [event], `${contract} [/ must be of type object]`],
    ['another type', { ...event, type: 'payment.cancelled' }, `${contract} [/type must be "payment.initiated"]`],
    ['no type', { ...event, type: undefined }, `${contract} [/type must be "payment.initiated"]`],
    ['no payment', { ...event, payment: undefined }, `${contract} [/payment is missing]`],
    [
      'several flaws',
      { ...event, payment: { ...payment, user: 7, money: { amount: -1, currency: 'DOGE' } } },
      /\[\/payment\/user must be of type string; \/payment\/money\/amount .*; \/payment\/money\/currency .*\]$/,
    ],
    [
      'a fraction',
      { ...event, payment: { ...payment, money: { amount: 0.5, currency: 'NGN' } } },
      /\/payment\/money\/amount/,
    ],
    [
      'nothing to pay',
      { ...event, payment: { ...payment, money: { amount: 0, currency: 'NGN' } } },
      /must be more than zero/,
    ],
    [
      'an id that no header takes',
      { ...event, correlationId: 'c-1\r\nx-admin: 1' },
      `${contract} [/correlationId must be 1 to 128 printable ASCII letters without blanks]`,
    ],
    ['an id that ends in a line break', { ...event, correlationId: 'c-1\n' }, /\/correlationId/],
    ['too many bytes', 'é'.repeat(bodyLimitBytes / 2) + '.', /too large \[65537 bytes, at most 65536\]/],
    ['another topic', inEnvelope(JSON.stringify(event), { TopicArn: `${topicArn}-2` }), /another topic \[\/TopicArn\]/],
    ['an envelope without JSON', inEnvelope('hello'), 'The message in the envelope is not JSON [/Message]'],
    ['an empty envelope', inEnvelope('', { Message: undefined }), `${envelope} [/Message is missing]`],
    [
      'a subscription to be confirmed',
      inEnvelope('', { Type: 'SubscriptionConfirmation' }),
      `${envelope} [/Type must be "Notification"]`,
    ],
    ['an envelope in an envelope', inEnvelope(inEnvelope(JSON.stringify(event))), /\/type must be/],
  ])('%s', (_what, body, reason) => {
    expect(reasonOf(body)).toEqual(reason instanceof RegExp ? expect.stringMatching(reason) : reason);
  });

  it('deep nesting does no harm', () => {
    const depth = bodyLimitBytes / 2;
    expect(reasonOf('['.repeat(depth) + ']'.repeat(depth))).toMatch(contract);
  });
});

const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
const events = fc.record({
  type: fc.constant('payment.initiated'),
  correlationId: fc.stringMatching(/^[\x21-\x7e]{1,128}$/),
  payment: fc.record(
    {
      paymentId: key,
      user: key,
      merchant: key,
      money: fc.record({
        amount: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        currency: fc.constantFrom(...(Object.keys(minorUnitDigits) as Currency[])),
      }),
      description: fc.stringMatching(/^\w( ?\w){0,50}$/),
    },
    { requiredKeys: ['paymentId', 'user', 'merchant', 'money'] },
  ),
});

describe('for any body at all', () => {
  const neverThrows = (body: string) => {
    for (const delivered of [body, inEnvelope(body)]) {
      const reading = readMessage(delivered, topicArn);
      if (!reading.ok) expect(reading.reason).not.toBe('');
    }
  };

  it('nothing is thrown: text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), neverThrows));
  });

  it('nothing is thrown: JSON', () => {
    fc.assert(fc.property(fc.json(), neverThrows));
  });

  it('nothing is thrown, and the reason contains no value: an event with one changed value', () => {
    const places = [
      'type',
      'correlationId',
      'payment',
      'paymentId',
      'user',
      'merchant',
      'money',
      'description',
    ] as const;
    fc.assert(
      fc.property(events, fc.constantFrom(...places), fc.jsonValue(), (good, place, value) => {
        const body = JSON.stringify(good, (name, old: unknown) => (name === place ? value : old));
        neverThrows(body);
        const secret = JSON.stringify(good, (name, old: unknown) =>
          name === place ? `${'x'.repeat(200)}-secret` : old,
        );
        // If the value was not changed, there is no mistake.
        expect(reasonOf(secret) === undefined).toBe(secret === JSON.stringify(good));
        expect(reasonOf(secret) ?? '').not.toContain('secret');
      }),
    );
  });

  it('an event is the same event raw and in its envelope', () => {
    fc.assert(
      fc.property(events, (given) => {
        const body = JSON.stringify(given);
        expect(readMessage(body, topicArn)).toEqual({ ok: true, event: given });
        expect(readMessage(inEnvelope(body), topicArn)).toEqual({ ok: true, event: given });
      }),
    );
  });
});
