import { Unavailable } from '@longhaul/client';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handBack, handleBatch } from './handle-batch.ts';
import { fakeDeadLetters, fakeLonghaul, paymentEvent, testIntake } from './intake.fixture.ts';

const record = (messageId: string, body: unknown, queue = 'payments'): SQSRecord => ({
  messageId,
  receiptHandle: `handle-${messageId}`,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: {
    ApproximateReceiveCount: '3',
    SentTimestamp: '0',
    SenderId: 'sns',
    ApproximateFirstReceiveTimestamp: '0',
    ...(queue.endsWith('.fifo') && { MessageGroupId: 'g-1' }),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:eu-west-1:123456789012:${queue}`,
  awsRegion: 'eu-west-1',
});

const halfAMinute = { getRemainingTimeInMillis: () => 30_000 };
const idsOf = ({ batchItemFailures }: { batchItemFailures: { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

/** Payments whose id begins with "down" are not started. */
const partlyDown = () =>
  fakeLonghaul((paymentId) => (paymentId.startsWith('down') ? new Unavailable('starting', undefined) : undefined));

/** One letter per message: (g)ood, (p)oison, or one whose start (f)ails. */
function batch(kinds: string, queue?: string): SQSEvent {
  const bodies: Record<string, (n: number) => unknown> = {
    g: (n) => paymentEvent(`p-${n}`),
    p: () => '{"type":"payment.unheard-of"}',
    f: (n) => paymentEvent(`down-${n}`),
  };
  return { Records: kinds.split('').map((kind, n) => record(`${kind}${n}`, bodies[kind]!(n), queue)) };
}

describe('a batch', () => {
  it('of ten with three poison messages puts three into the dead-letter queue and returns none', async () => {
    const { take, longhaul, deadLetters, log } = testIntake();
    expect(await handleBatch(batch('gpggpggpgg'), halfAMinute, take, log)).toEqual({ batchItemFailures: [] });
    expect(longhaul.runs()).toHaveLength(7);
    expect(deadLetters.letters.map(({ message }) => message.id).sort()).toEqual(['p1', 'p4', 'p7']);
    expect(deadLetters.letters.map(({ message }) => message.receiveCount)).toEqual([3, 3, 3]);
  });

  it('of ten with two failing starts returns exactly those', async () => {
    const { take, longhaul, log } = testIntake({ longhaul: partlyDown() });
    expect(await handleBatch(batch('ggfgggfggg'), halfAMinute, take, log)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'f2' }, { itemIdentifier: 'f6' }],
    });
    expect(longhaul.runs()).toHaveLength(8);
  });

  it('returns only the poison messages if the dead-letter queue fails', async () => {
    const { take, log } = testIntake({ deadLetters: fakeDeadLetters(new Error('AccessDenied')) });
    expect(idsOf(await handleBatch(batch('gpg'), halfAMinute, take, log))).toEqual(['p1']);
  });

  it('without time left is returned completely, and nothing is started', async () => {
    const { take, longhaul, log } = testIntake();
    const noTime = { getRemainingTimeInMillis: () => 5_000 };
    expect(idsOf(await handleBatch(batch('ggg'), noTime, take, log))).toEqual(['g0', 'g1', 'g2']);
    expect(longhaul.starts).toEqual([]);
  });

  it('that runs out of time returns the messages that were not started', async () => {
    const { take, longhaul, log } = testIntake();
    let looks = 0;
    const runningOut = { getRemainingTimeInMillis: () => (++looks <= 5 ? 30_000 : 2_000) };
    const back = idsOf(await handleBatch(batch('gggggggg'), runningOut, take, log));
    expect(back.length + longhaul.starts.length).toBe(8);
    expect(longhaul.starts).not.toEqual([]);
    expect(back).not.toEqual([]);
  });

  it('is answered in time even if a start never ends', async () => {
    const { take, log } = testIntake();
    const never = new Promise<never>(() => undefined);
    const sticking: typeof take = (message) => (message.id === 'g1' ? never : take(message));
    let looks = 0;
    // The answer is due after 20 ms; messages may be started until then.
    const short = { getRemainingTimeInMillis: () => (++looks === 1 ? 1_020 : 30_000) };
    expect(idsOf(await handleBatch(batch('ggg'), short, sticking, log))).toEqual(['g1']);
  });

  it('returns exactly the messages whose start failed, for any mixture', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom('g', 'p', 'f'), maxLength: 25 }), async (kinds) => {
        const { take, longhaul, deadLetters, log } = testIntake({ longhaul: partlyDown() });
        const event = batch(kinds);
        const back = idsOf(await handleBatch(event, halfAMinute, take, log));
        const sent = (kind: string) => event.Records.map((each) => each.messageId).filter((id) => id.startsWith(kind));
        expect(back).toEqual(sent('f'));
        expect(deadLetters.letters.map(({ message }) => message.id).sort()).toEqual(sent('p').sort());
        expect(longhaul.runs()).toHaveLength(sent('g').length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a batch of a FIFO queue', () => {
  it('stops at the first failure and returns this message and all after it', async () => {
    const { take, longhaul, deadLetters, log } = testIntake({ longhaul: partlyDown() });
    const back = idsOf(await handleBatch(batch('gpgfgp', 'payments.fifo'), halfAMinute, take, log));
    expect(back).toEqual(['f3', 'g4', 'p5']);
    expect(longhaul.runs()).toEqual(['payment-u-ada.p-0', 'payment-u-ada.p-2']);
    expect(deadLetters.letters.map(({ message }) => [message.id, message.groupId])).toEqual([['p1', 'g-1']]);
  });

  it('without a failure is processed completely, in order', async () => {
    const { take, longhaul, log } = testIntake();
    expect(await handleBatch(batch('gggg', 'payments.fifo'), halfAMinute, take, log)).toEqual({
      batchItemFailures: [],
    });
    expect(longhaul.runs()).toEqual([0, 1, 2, 3].map((n) => `payment-u-ada.p-${n}`));
  });
});

it('a batch that is returned names every message, because an empty answer would mean that all are done', () => {
  expect(idsOf(handBack(batch('gpf')))).toEqual(['g0', 'p1', 'f2']);
});
