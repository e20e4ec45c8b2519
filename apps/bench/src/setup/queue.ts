import { randomUUID } from 'node:crypto';
import type { AwsEmulator } from '@longhaul/testing/servers';

/** A queue of payments on an SQS emulator, and the variables for the intake. */
export interface PaymentQueue {
  readonly environment: Readonly<Record<string, string>>;
  send(bodies: readonly string[]): Promise<void>;
  /** The number of messages, visible or in flight, including dead letters. */
  left(): Promise<number>;
}

/** The most messages that AWS accepts in one call. */
const atOnce = 10;

/**
 * Opens a new queue each time. In the emulator an aborted long poll goes on, and messages that it receives are invisible until
 * the visibility timeout is over.
 */
export async function openQueue({ url, environment }: AwsEmulator): Promise<PaymentQueue> {
  const name = `payments-${randomUUID()}`;
  const create = async (QueueName: string) => (await ask(url, 'CreateQueue', { QueueName })).QueueUrl as string;
  const [queue, dead] = [await create(name), await create(`${name}-dead`)];

  async function count(QueueUrl: string): Promise<number> {
    const { Attributes } = await ask(url, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
    const { ApproximateNumberOfMessages: inSight, ApproximateNumberOfMessagesNotVisible: inHand } =
      Attributes as Record<string, string>;
    return Number(inSight) + Number(inHand);
  }

  return {
    environment: {
      ...environment,
      PAYMENT_QUEUE_URL: queue,
      PAYMENT_DEAD_LETTER_QUEUE_URL: dead,
      PAYMENT_TOPIC_ARN: `arn:aws:sns:eu-west-1:123456789012:${name}`,
    },
    async send(bodies) {
      for (let sent = 0; sent < bodies.length; sent += atOnce) {
        const batch = bodies.slice(sent, sent + atOnce);
        const Entries = batch.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
        await ask(url, 'SendMessageBatch', { QueueUrl: queue, Entries });
      }
    },
    left: async () => (await count(queue)) + (await count(dead)),
  };
}

/** Calls the emulator like AWS's clients, without the signature, which the emulator does not check. */
async function ask(url: string, action: string, more: object): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=emulated/20260101/eu-west-1/sqs/aws4_request',
    },
    body: JSON.stringify(more),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The emulator refused ${action} [${answer.status} ${text}]`);
  return JSON.parse(text) as Record<string, unknown>;
}
