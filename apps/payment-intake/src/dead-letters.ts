import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { IntakeMessage } from './intake-message.ts';

/** Where messages go that can never be taken. Rejects when the copy is not safe there. */
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
          // Within its five minutes, a FIFO queue keeps a copy that was sent twice once.
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

/** SQS refuses a message for an attribute that is empty or holds a control character. */
export function attributeText(value: string): string {
  return value.slice(0, reasonLimit).replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?') || '-';
}
