import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { IntakeMessage } from './intake-message.ts';

/** Stores messages that can never be processed. Rejects if the copy is not stored. */
export interface DeadLetters {
  send(message: IntakeMessage, reason: string): Promise<void>;
}

const reasonLimit = 1_000;

export function deadLetterQueue(sqs: SQSClient, queueUrl: string): DeadLetters {
  return {
    async send(message, reason) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: message.body,
          MessageAttributes: {
            reason: text(attributeText(reason)),
            originalMessageId: text(message.id),
            receiveCount: { DataType: 'Number', StringValue: String(message.receiveCount) },
          },
          // A FIFO queue deduplicates copies for five minutes.
          ...(queueUrl.endsWith('.fifo') && {
            MessageGroupId: message.groupId ?? message.id,
            MessageDeduplicationId: message.id,
          }),
        }),
      );
    },
  };
}

const text = (value: string) => ({ DataType: 'String', StringValue: value });

/** SQS refuses attributes that are empty or contain control characters. */
export function attributeText(value: string): string {
  return value.slice(0, reasonLimit).replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?') || '-';
}
