import { expect, it } from 'vitest';
import { startAwsEmulator } from './index.ts';

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
  return (await answer.json()) as Record<string, unknown>;
}

it('serves SQS on a free port, separate from other emulators, until it is stopped', async () => {
  const [one, other] = await Promise.all([startAwsEmulator(), startAwsEmulator()]);
  try {
    const { QueueUrl } = await ask(one.url, 'CreateQueue', { QueueName: 'parcels' });
    expect(QueueUrl).toMatch(new RegExp(`^${one.url}/\\d{12}/parcels$`));
    await ask(one.url, 'SendMessage', { QueueUrl, MessageBody: 'a parcel' });
    expect(await ask(one.url, 'ReceiveMessage', { QueueUrl })).toMatchObject({ Messages: [{ Body: 'a parcel' }] });
    expect(await ask(other.url, 'ListQueues', {})).toEqual({});

    await one.stop();
    await one.ended;
    await expect(fetch(one.url)).rejects.toThrow();
    expect((await fetch(`${other.url}/moto-api/`)).status).toBe(200);
  } finally {
    await Promise.all([one.kill(), other.kill()]);
  }
});

it('that cannot start is reported with its output', async () => {
  await expect(startAwsEmulator({ executable: process.execPath })).rejects.toThrow(/AWS emulator ended with .*-H/s);
});
