import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Logger } from 'pino';
import type { IntakeMessage } from './intake-message.ts';
import type { Taken, TakeMessage } from './intake.ts';
import { takeBatch } from './take-batch.ts';

/** Time that is reserved for the answer. Without an answer all messages would be delivered again. */
const answerReserveMs = 1_000;
/** The longest time for a start. */
const startWithinMs = 5_000;

export type TimeLeft = Pick<Context, 'getRemainingTimeInMillis'>;

/** Processes a batch from Lambda, and returns the messages that must be delivered again. */
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

/** Returns every message for another delivery. */
export const handBack = ({ Records }: SQSEvent): SQSBatchResponse => failed(Records.map(messageOf));

/** The list of failed messages. For Lambda an empty list means "all done". */
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

/** A start that is still in progress then may succeed later. Its message is delivered again, and is the same payment. */
function lastMoment(time: TimeLeft): { readonly over: Promise<Taken>; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<Taken>((resolve) => {
    const ms = Math.max(time.getRemainingTimeInMillis() - answerReserveMs, 0);
    timer = setTimeout(() => resolve({ outcome: 'again', reason: 'The time of this call is over' }), ms);
  });
  return { over, stop: () => clearTimeout(timer) };
}
