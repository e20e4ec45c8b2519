import { Unavailable } from '@longhaul/client';
import { describe, expect, it } from 'vitest';
import { createConsumer, type ConsumerOptions } from './consumer.ts';
import { aMessage, fakeLonghaul, paymentEvent, testIntake } from './intake.fixture.ts';
import { backoffSeconds, type Queue, type ReceivedMessage } from './queue.ts';

const received = (id: string, body: unknown): ReceivedMessage => ({ ...aMessage(id, body), receiptHandle: `h-${id}` });
const good = (id: string) => received(id, paymentEvent(id));
const poison = (id: string) => received(id, 'hello');

/** Returns the batches one after another, records what is done to the messages, and stops the consumer after the last one. */
function fakeQueue(batches: (readonly ReceivedMessage[] | Error)[]) {
  const stop = new AbortController();
  const events: string[] = [];
  const note = (what: string) => (messages: readonly ReceivedMessage[]) => {
    events.push(`${what} ${messages.map(({ id }) => id).join(' ')}`);
    return Promise.resolve<readonly string[]>([]);
  };
  const queue: Queue = {
    receive: (_stop, { wait }) => {
      const batch = batches.shift();
      if (batch === undefined) stop.abort();
      else events.push(wait ? 'wait' : 'look');
      return batch instanceof Error ? Promise.reject(batch) : Promise.resolve(batch ?? []);
    },
    remove: note('delete'),
    putBack: note('put back'),
  };
  return { queue, events, stop };
}

function consumerOn(fake: ReturnType<typeof fakeQueue>, changes: Partial<ConsumerOptions> = {}) {
  const { take, longhaul, log, logged, deadLetters } = testIntake();
  const pauses: number[] = [];
  const consumer = createConsumer({
    queue: fake.queue,
    take,
    longhaul,
    pollers: 1,
    inOrder: false,
    log,
    pause: (ms) => Promise.resolve(void pauses.push(ms)),
    ...changes,
  });
  return { consumer, pauses, logged, longhaul, deadLetters };
}

describe('the consumer', () => {
  it('deletes messages that are started, existed or are in the dead-letter queue, and puts back the others', async () => {
    const fake = fakeQueue([[good('a'), good('a'), poison('b'), good('down')]]);
    const { take } = testIntake({
      longhaul: fakeLonghaul((id) => (id === 'down' ? new Unavailable('starting', undefined) : undefined)),
    });
    const { consumer } = consumerOn(fake, { take });
    await consumer.run(fake.stop.signal);
    expect(fake.events).toEqual(['look', 'delete a a b', 'put back down']);
  });

  it('deletes a message only after the answer to its start', async () => {
    const fake = fakeQueue([[good('a')]]);
    const { consumer } = consumerOn(fake, {
      take: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        fake.events.push('answered');
        return { outcome: 'started' };
      },
    });
    await consumer.run(fake.stop.signal);
    expect(fake.events).toEqual(['look', 'answered', 'delete a']);
  });

  it('settles its received messages and stops polling when it is told to stop', async () => {
    const fake = fakeQueue([[good('a')], [good('b')]]);
    const { consumer } = consumerOn(fake, {
      take: () => {
        fake.stop.abort();
        return Promise.resolve({ outcome: 'started' });
      },
    });
    await consumer.run(fake.stop.signal);
    expect(fake.events).toEqual(['look', 'delete a']);
  });

  it('continues if messages cannot be deleted, and logs which', async () => {
    const fake = fakeQueue([[good('a')], [good('b')], []]);
    const removed: string[] = [];
    fake.queue.remove = (messages) => {
      removed.push(messages[0]!.id);
      return removed.length === 1 ? Promise.reject(new Error('no way through')) : Promise.resolve(['b']);
    };
    const { consumer, logged } = consumerOn(fake);
    await consumer.run(fake.stop.signal);
    expect(removed).toEqual(['a', 'b']);
    const warnings = logged.map((line) => JSON.parse(line) as { level: number }).filter(({ level }) => level === 40);
    expect(warnings).toMatchObject([{ messageIds: ['a'], why: 'no way through' }, { messageIds: ['b'] }]);
    expect(consumer.problem()).toBeUndefined();
  });

  it('waits longer each time the queue cannot be polled, and then continues', async () => {
    const down = new Error('connect ECONNREFUSED');
    const fake = fakeQueue([down, down, down, [good('a')], []]);
    const { consumer, pauses, longhaul } = consumerOn(fake);
    await consumer.run(fake.stop.signal);
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
    expect(longhaul.runs()).toEqual(['payment-u-ada.a']);
    expect(fake.events).toEqual(['look', 'look', 'look', 'look', 'delete a', 'wait']);
  });

  it('is not ready before the first poll, and after one that failed', async () => {
    const fake = fakeQueue([new Error('connect ECONNREFUSED')]);
    const problems: (string | undefined)[] = [];
    const { consumer } = consumerOn(fake, {
      pause: () => Promise.resolve(void problems.push(consumer.problem())),
    });
    problems.push(consumer.problem());
    await consumer.run(fake.stop.signal);
    expect(problems).toEqual(['nothing was polled yet', 'The queue cannot be polled: connect ECONNREFUSED']);
  });

  it('does not poll while Temporal does not answer, because messages would become dead letters', async () => {
    const fake = fakeQueue([[good('down')], [good('a')]]);
    let silences = 0;
    const silent = new Unavailable('starting', undefined);
    const { take } = testIntake({ longhaul: fakeLonghaul((id) => (id === 'down' ? silent : undefined)) });
    const { consumer, pauses } = consumerOn(fake, {
      take,
      longhaul: {
        check: () => {
          // The first check is before the first poll.
          const polledBefore = fake.events.length > 0;
          return polledBefore && ++silences <= 2 ? Promise.reject(silent) : Promise.resolve();
        },
      },
    });
    await consumer.run(fake.stop.signal);
    expect(fake.events).toEqual(['look', 'put back down', 'look', 'delete a']);
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
  });

  it('of a FIFO queue puts back the first failed message and all after it', async () => {
    const fake = fakeQueue([[good('a'), good('down'), good('b')]]);
    const { take } = testIntake({
      longhaul: fakeLonghaul((id) => (id === 'down' ? new Unavailable('starting', undefined) : undefined)),
    });
    const { consumer } = consumerOn(fake, { take, inOrder: true });
    await consumer.run(fake.stop.signal);
    expect(fake.events).toEqual(['look', 'delete a', 'put back down b']);
  });
});

it('a message that is put back becomes visible later each time, up to a quarter of an hour', () => {
  expect([1, 2, 3, 7, 8, 1_000].map(backoffSeconds)).toEqual([10, 20, 40, 640, 900, 900]);
});
