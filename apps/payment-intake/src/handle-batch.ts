import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Logger } from 'pino';
import type { IntakeMessage } from './intake-message.ts';
import type { Taken, TakeMessage } from './intake.ts';
import { takeBatch } from './take-batch.ts';

/** What is kept of the time for the answer: without one, all messages come back, also those that are done with. */
const answerReserveMs = 1_000;
/** What a start may take. */
const startWithinMs = 5_000;

export type TimeLeft = Pick<Context, 'getRemainingTimeInMillis'>;

/** Takes a batch that Lambda hands over, and answers which messages have to come back. */
export async function handleBatch(
  { Records: records }: SQSEvent,
  time: TimeLeft,
  take: TakeMessage,
  log: Logger,
): Promise<SQSBatchResponse> {
  const clock = lastMoment(time);
  const inTime: TakeMessage = (message) => Promise.race([take(message), clock.over]);
  try {
    const { back } = await takeBatch(records.map(messageOf), inTime, {
      inOrder: records.some(({ eventSourceARN }) => eventSourceARN.endsWith('.fifo')),
      mayBegin: () => time.getRemainingTimeInMillis() > startWithinMs + answerReserveMs,
    });
    if (back.length > 0) log.warn({ messageIds: back.map(({ id }) => id) }, 'These messages come back');
    return failed(back);
  } finally {
    clock.stop();
  }
}

/** Gives every message back. */
export const handBack = ({ Records }: SQSEvent): SQSBatchResponse => failed(Records.map(messageOf));

/** Lambda reads an empty list as "all done", so it is never answered for messages that are not. */
function failed(messages: readonly IntakeMessage[]): SQSBatchResponse {
  return { batchItemFailures: messages.map(({ id }) => ({ itemIdentifier: id })) };
}

function messageOf({ messageId, body, attributes }: SQSRecord): IntakeMessage {
  return {
    id: messageId,
    body,
    receiveCount: Number(attributes.ApproximateReceiveCount),
    groupId: attributes.MessageGroupId,
  };
}

/** A start that is still under way then may yet succeed; the message comes back, and is found to be the same payment. */
function lastMoment(time: TimeLeft): { readonly over: Promise<Taken>; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<Taken>((resolve) => {
    const ms = Math.max(time.getRemainingTimeInMillis() - answerReserveMs, 0);
    timer = setTimeout(() => resolve({ outcome: 'again', reason: 'The time of this call is over' }), ms);
  });
  return { over, stop: () => clearTimeout(timer) };
}
