import { SQSClient, type SendMessageCommand } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attributeText, deadLetterQueue } from './dead-letters.ts';

/** The message that would be sent. */
async function sentTo(queueUrl: string, message: { id: string; groupId?: string }) {
  const sqs = new SQSClient({ region: 'eu-west-1' });
  const sent: SendMessageCommand['input'][] = [];
  sqs.send = ((command: SendMessageCommand) => Promise.resolve(sent.push(command.input))) as never;
  await deadLetterQueue(sqs, queueUrl).send({ ...message, body: '{ "as":"it came" }', receiveCount: 4 }, 'why\0');
  return sent;
}

it('a dead letter has the received body, the reason, the id of the message and its number of receives', async () => {
  expect(await sentTo('https://sqs.test/1/dead', { id: 'm-1' })).toEqual([
    {
      QueueUrl: 'https://sqs.test/1/dead',
      MessageBody: '{ "as":"it came" }',
      MessageAttributes: {
        reason: { DataType: 'String', StringValue: 'why?' },
        originalMessageId: { DataType: 'String', StringValue: 'm-1' },
        receiveCount: { DataType: 'Number', StringValue: '4' },
      },
    },
  ]);
});

it('a dead letter of a FIFO queue stays in its group and is deduplicated', async () => {
  expect(await sentTo('https://sqs.test/1/dead.fifo', { id: 'm-1', groupId: 'g-1' })).toMatchObject([
    { MessageGroupId: 'g-1', MessageDeduplicationId: 'm-1' },
  ]);
});

it('any reason becomes a text that SQS accepts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (reason) => {
      const text = attributeText(reason);
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(1_000);
      expect(Buffer.from(text).toString()).toBe(text);
      expect(text).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
    }),
  );
  expect(attributeText(`${'x'.repeat(999)}😀`)).toBe(`${'x'.repeat(999)}?`);
  expect(attributeText('')).toBe('-');
});
