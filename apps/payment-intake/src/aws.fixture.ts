import {
  CreateTopicCommand,
  PublishBatchCommand,
  SNSClient,
  SubscribeCommand,
  type PublishBatchCommandInput,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { startAwsEmulator, type AwsEmulator } from '@longhaul/testing/servers';

/** The most messages that AWS accepts in one call. */
const atOnce = 10;
/** Longer than a batch takes on a busy machine. A spec waits at most this time for a message that was received before. */
const visibilitySeconds = 30;

export interface QueueUrls {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** SNS and SQS on an emulator. */
export class Aws {
  readonly emulator: AwsEmulator;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;

  private constructor(emulator: AwsEmulator) {
    this.emulator = emulator;
    const { AWS_REGION: region } = emulator.environment;
    const credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
    const settings = { region: region!, endpoint: emulator.url, credentials };
    this.sqs = new SQSClient(settings);
    this.sns = new SNSClient(settings);
  }

  static async start(): Promise<Aws> {
    return new Aws(await startAwsEmulator());
  }

  async stop(): Promise<void> {
    this.sqs.destroy();
    this.sns.destroy();
    await this.emulator.stop();
  }

  /** A queue whose messages SQS moves to the dead-letter queue after too many receives. */
  async createQueue(
    name: string,
    { maxReceiveCount = 100, visibilityTimeout = visibilitySeconds } = {},
  ): Promise<QueueUrls> {
    const dead = await this.sqs.send(new CreateQueueCommand({ QueueName: `${name}-dead` }));
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: dead.QueueUrl!, AttributeNames: ['QueueArn'] }),
    );
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes!.QueueArn, maxReceiveCount });
    const { QueueUrl } = await this.sqs.send(
      new CreateQueueCommand({
        QueueName: name,
        Attributes: { RedrivePolicy, VisibilityTimeout: String(visibilityTimeout) },
      }),
    );
    return { queueUrl: QueueUrl!, deadLetterQueueUrl: dead.QueueUrl! };
  }

  /** A topic that delivers to the queue, with or without envelopes. */
  async createTopic(name: string, { queueUrl }: QueueUrls, { raw }: { raw: boolean }): Promise<string> {
    const { TopicArn } = await this.sns.send(new CreateTopicCommand({ Name: name }));
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
    );
    await this.sns.send(
      new SubscribeCommand({
        TopicArn: TopicArn!,
        Protocol: 'sqs',
        Endpoint: Attributes!.QueueArn,
        Attributes: { RawMessageDelivery: String(raw) },
      }),
    );
    return TopicArn!;
  }

  async publish(topicArn: string, bodies: readonly string[]): Promise<void> {
    for (const batch of batchesOf(bodies)) {
      const entries: PublishBatchCommandInput['PublishBatchRequestEntries'] = batch.map((Message, index) => ({
        Id: String(index),
        Message,
      }));
      await this.sns.send(new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }));
    }
  }

  async send({ queueUrl }: QueueUrls, bodies: readonly string[]): Promise<void> {
    for (const batch of batchesOf(bodies)) {
      const Entries = batch.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      await this.sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  }

  /** Receives and deletes all messages in the dead-letter queue. */
  async deadLetters({ deadLetterQueueUrl: QueueUrl }: QueueUrls): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for (;;) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: atOnce, MessageAttributeNames: ['All'] }),
      );
      if (Messages.length === 0) return letters;
      letters.push(...Messages.map(letterOf));
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await this.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }

  /** The number of messages in a queue, visible or in flight. */
  async count(queueUrl: string): Promise<number> {
    const { Attributes = {} } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
    );
    const { ApproximateNumberOfMessages: inSight, ApproximateNumberOfMessagesNotVisible: inHand } = Attributes;
    return Number(inSight) + Number(inHand);
  }
}

export interface DeadLetter {
  readonly body: string;
  /** The body, without its envelope. */
  readonly original: string;
  readonly reason: string | undefined;
  readonly originalMessageId: string | undefined;
  readonly receiveCount: string | undefined;
}

function letterOf({ Body: body = '', MessageAttributes: attributes = {} }: Message): DeadLetter {
  return {
    body,
    original: body.includes('"Type": "Notification"') ? (JSON.parse(body) as { Message: string }).Message : body,
    reason: attributes.reason?.StringValue,
    originalMessageId: attributes.originalMessageId?.StringValue,
    receiveCount: attributes.receiveCount?.StringValue,
  };
}

function batchesOf(bodies: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(bodies.length / atOnce) }, (_, index) =>
    bodies.slice(index * atOnce, (index + 1) * atOnce),
  );
}
