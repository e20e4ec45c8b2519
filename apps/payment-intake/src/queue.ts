import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type BatchResultErrorEntry,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { IntakeMessage } from './intake-message.ts';

export interface ReceivedMessage extends IntakeMessage {
  readonly receiptHandle: string;
}

/** The queue operations of the container. */
export interface Queue {
  /** Receives up to ten messages, with or without waiting. Rejects when it is told to stop. */
  receive(stop: AbortSignal, how: { readonly wait: boolean }): Promise<readonly ReceivedMessage[]>;
  /** Deletes messages, and returns the ids of those that could not be deleted: they will be delivered again. */
  remove(messages: readonly ReceivedMessage[]): Promise<readonly string[]>;
  /** Sets when messages are delivered again: later with each receive. Returns the ids of those that could not be changed. */
  putBack(messages: readonly ReceivedMessage[]): Promise<readonly string[]>;
}

const messagesAtOnce = 10;
const pollSeconds = 20;
/** Longer than the twenty seconds of a long poll. */
const pollTimeoutMs = 25_000;
const firstBackoffSeconds = 10;
const longestBackoffSeconds = 900;

export function paymentQueue(sqs: SQSClient, queueUrl: string): Queue {
  return {
    async receive(stop, { wait }) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: messagesAtOnce,
          WaitTimeSeconds: wait ? pollSeconds : 0,
          MessageSystemAttributeNames: ['ApproximateReceiveCount', 'MessageGroupId'],
        }),
        { abortSignal: stop, requestTimeout: pollTimeoutMs },
      );
      return Messages.map(received);
    },

    async remove(messages) {
      const Entries = messages.map(({ receiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
      }));
      const { Failed } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      return idsOf(Failed, messages);
    },

    async putBack(messages) {
      const Entries = messages.map(({ receiptHandle, receiveCount }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: backoffSeconds(receiveCount),
      }));
      const { Failed } = await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
      return idsOf(Failed, messages);
    },
  };
}

/** How long a message stays invisible after this number of receives. */
export function backoffSeconds(receiveCount: number): number {
  return Math.min(firstBackoffSeconds * 2 ** (receiveCount - 1), longestBackoffSeconds);
}

function received({ MessageId, Body, ReceiptHandle, Attributes }: Message): ReceivedMessage {
  return {
    id: MessageId ?? '',
    body: Body ?? '',
    receiptHandle: ReceiptHandle ?? '',
    receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
    groupId: Attributes?.MessageGroupId,
  };
}

function idsOf(failed: readonly BatchResultErrorEntry[] = [], messages: readonly ReceivedMessage[]): string[] {
  return failed.map(({ Id }) => messages[Number(Id)]?.id ?? String(Id));
}
