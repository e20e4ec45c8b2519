import { InvalidInput, PayloadTooLarge, TemporalRefused, Unavailable, WorkflowsDisabled } from '@longhaul/client';
import { describe, expect, it } from 'vitest';
import { aMessage, fakeDeadLetters, fakeLonghaul, inEnvelope, paymentEvent, testIntake } from './intake.fixture.ts';

const event = paymentEvent('p-1');

describe('a message', () => {
  it("starts its payment with the payer as owner and the event's correlation id", async () => {
    const { take, longhaul, deadLetters } = testIntake();
    expect(await take(aMessage('m-1', event))).toEqual({ outcome: 'started' });
    expect(longhaul.starts).toEqual([{ workflowId: 'payment-u-ada.p-1', owner: 'u-ada', correlationId: 'c-p-1' }]);
    expect(deadLetters.letters).toEqual([]);
  });

  it('that is delivered twice, with or without envelope, is one payment', async () => {
    const { take, longhaul } = testIntake();
    await take(aMessage('m-1', event));
    expect(await take(aMessage('m-1', event))).toEqual({ outcome: 'duplicate' });
    expect(await take(aMessage('m-2', inEnvelope(JSON.stringify(event))))).toEqual({ outcome: 'duplicate' });
    expect(longhaul.runs()).toEqual(['payment-u-ada.p-1']);
  });

  it('that is invalid is put unchanged into the dead-letter queue, with the reason', async () => {
    const { take, longhaul, deadLetters } = testIntake();
    const message = aMessage('m-1', { ...event, type: 'payment.cancelled' });
    const reason = 'The event is not what the contract asks for [/type must be "payment.initiated"]';
    expect(await take(message)).toEqual({ outcome: 'rejected', reason });
    expect(deadLetters.letters).toEqual([{ message, reason }]);
    expect(longhaul.starts).toEqual([]);
  });

  it('with the id of another payment is put into the dead-letter queue', async () => {
    const { take, deadLetters } = testIntake();
    await take(aMessage('m-1', event));
    const other = aMessage('m-2', paymentEvent('p-1', { merchant: 'm-other' }));
    expect(await take(other)).toMatchObject({ outcome: 'rejected' });
    expect(deadLetters.letters).toEqual([
      { message: other, reason: 'There is a run of this id with another input [payment-u-ada.p-1]' },
    ]);
  });

  it.each([new InvalidInput('input', []), new PayloadTooLarge('input', 2, 1)])(
    'that the client refuses for good is put into the dead-letter queue: $name',
    async (refusal) => {
      const { take, deadLetters } = testIntake({ longhaul: fakeLonghaul(() => refusal) });
      expect(await take(aMessage('m-1', event))).toEqual({ outcome: 'rejected', reason: refusal.message });
      expect(deadLetters.letters).toHaveLength(1);
    },
  );

  it.each([
    new Unavailable('starting', undefined),
    new TemporalRefused('starting', new Error('no permission')),
    new WorkflowsDisabled(),
    new TypeError('a mistake of ours'),
  ])('whose start fails comes back and lies in no dead-letter queue: $name', async (failure) => {
    const { take, deadLetters } = testIntake({ longhaul: fakeLonghaul(() => failure) });
    expect(await take(aMessage('m-1', event))).toEqual({ outcome: 'again', reason: failure.message });
    expect(deadLetters.letters).toEqual([]);
  });

  it('that could not be copied into the dead-letter queue is delivered again', async () => {
    const { take } = testIntake({ deadLetters: fakeDeadLetters(new Error('AccessDenied')) });
    expect(await take(aMessage('m-1', 'hello'))).toEqual({ outcome: 'again', reason: 'AccessDenied' });
  });
});

describe('the log', () => {
  it('has message id, payment id and correlation id in each line, and nothing else of the message', async () => {
    const { take, logged } = testIntake();
    await take(aMessage('m-1', event));
    await take(aMessage('m-2', paymentEvent('p-1', { merchant: 'm-other' })));
    await take(aMessage('m-3', { ...event, correlationId: '' }));
    const lines = logged.map((line) => JSON.parse(line) as object);
    const ids = { correlationId: 'c-p-1', paymentId: 'p-1' };
    expect(lines).toMatchObject([
      { messageId: 'm-1', ...ids, msg: 'Started a payment' },
      { messageId: 'm-2', ...ids, msg: 'Rejected: it lies in the dead-letter queue' },
      { messageId: 'm-3', msg: 'Rejected: it lies in the dead-letter queue' },
    ]);
    expect(logged.join('')).not.toMatch(/m-kiosk|tea|3500/);
  });
});
