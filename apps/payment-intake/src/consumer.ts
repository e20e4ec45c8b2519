import { setTimeout as sleep } from 'node:timers/promises';
import type { Longhaul } from '@longhaul/client';
import type { Logger } from 'pino';
import type { TakeMessage } from './intake.ts';
import type { Queue, ReceivedMessage } from './queue.ts';
import { takeBatch } from './take-batch.ts';

export interface ConsumerOptions {
  readonly queue: Queue;
  readonly take: TakeMessage;
  readonly longhaul: Pick<Longhaul, 'check'>;
  readonly pollers: number;
  /** Whether it is a FIFO queue. */
  readonly inOrder: boolean;
  readonly log: Logger;
  /** Waits for this time, or until it is told to stop. */
  readonly pause?: (ms: number, stop: AbortSignal) => Promise<void>;
}

export interface Consumer {
  /** Polls until it is told to stop, and then settles the received messages. */
  run(stop: AbortSignal): Promise<void>;
  /** Why no messages can be processed at the moment; undefined if the last poll succeeded. */
  problem(): string | undefined;
}

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

export function createConsumer(options: ConsumerOptions): Consumer {
  const { queue, take, longhaul, pollers, inOrder, log, pause = untilStopped } = options;
  let problem: string | undefined = 'nothing was polled yet';

  async function poll(stop: AbortSignal): Promise<void> {
    let failures = 0;
    while (!stop.aborted) {
      const trouble = (await temporalIsSilent()) ?? (await pollOnce(stop));
      if (stop.aborted) return;
      problem = trouble;
      failures = trouble === undefined ? 0 : failures + 1;
      if (trouble === undefined) continue;
      log.warn({ why: trouble }, 'Nothing can be taken at the moment');
      await pause(Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs), stop);
    }
  }

  /** Without Temporal the queue is not polled: each receive counts, so messages would become dead letters in a longer outage. */
  async function temporalIsSilent(): Promise<string | undefined> {
    if (problem === undefined) return undefined;
    return longhaul.check().then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
  }

  async function pollOnce(stop: AbortSignal): Promise<string | undefined> {
    let messages: readonly ReceivedMessage[];
    try {
      // At first and after a problem without long polling, so that it is known at once whether the queue answers.
      messages = await queue.receive(stop, { wait: problem === undefined });
    } catch (error) {
      return `The queue cannot be polled: ${(error as Error).message}`;
    }
    const { done, back } = await takeBatch(messages, take, { inOrder });
    await Promise.all([
      settle('deleted', done, (settled) => queue.remove(settled)),
      settle('put back', back, (settled) => queue.putBack(settled)),
    ]);
    return back.length > 0 && done.length === 0 ? 'No message of the last batch could be taken' : undefined;
  }

  /** Messages that cannot be settled are delivered again, and a repeated start is the same payment. */
  async function settle(
    what: string,
    messages: readonly ReceivedMessage[],
    work: (messages: readonly ReceivedMessage[]) => Promise<readonly string[]>,
  ): Promise<void> {
    if (messages.length === 0) return;
    try {
      const messageIds = await work(messages);
      if (messageIds.length > 0) log.warn({ messageIds }, `Some messages could not be ${what}`);
    } catch (error) {
      const messageIds = messages.map(({ id }) => id);
      log.warn({ messageIds, why: (error as Error).message }, `Messages could not be ${what}`);
    }
  }

  return {
    problem: () => problem,
    run: async (stop) => {
      await Promise.all(Array.from({ length: pollers }, () => poll(stop)));
    },
  };
}

async function untilStopped(ms: number, stop: AbortSignal): Promise<void> {
  // Being told to stop is no error.
  await sleep(ms, undefined, { signal: stop }).catch(() => undefined);
}
