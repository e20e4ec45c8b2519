import { InputConflict, inputDigest, type Longhaul } from '@longhaul/client';
import { check, type PaymentInitiated, type ProcessPaymentInput } from '@longhaul/contracts';
import { pino } from 'pino';
import type { DeadLetters } from './dead-letters.ts';
import type { IntakeMessage } from './intake-message.ts';
import { intake } from './intake.ts';

export const topicArn = 'arn:aws:sns:eu-west-1:123456789012:payments';

export function paymentEvent(paymentId: string, changes: Partial<ProcessPaymentInput> = {}): PaymentInitiated {
  return {
    type: 'payment.initiated',
    correlationId: `c-${paymentId}`,
    payment: {
      paymentId,
      user: 'u-ada',
      merchant: 'm-kiosk',
      money: { amount: 3_500, currency: 'NGN' },
      description: 'Two cups of tea',
      ...changes,
    },
  };
}

/** Wraps a message like SNS. */
export function inEnvelope(message: string, changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: topicArn,
    Message: message,
    Timestamp: '2026-11-21T08:00:00.000Z',
    SignatureVersion: '1',
    ...changes,
  });
}

export const aMessage = (id: string, body: unknown): IntakeMessage => ({
  id,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  receiveCount: 1,
});

/** The client with a map in place of Temporal: one run for an id; the same input joins it, another one is refused. */
export function fakeLonghaul(failWith: (paymentId: string) => Error | undefined = () => undefined) {
  const digests = new Map<string, string>();
  const starts: { workflowId: string; owner: string | undefined; correlationId: string | undefined }[] = [];
  const longhaul: Pick<Longhaul, 'start' | 'check'> = {
    check: () => Promise.resolve(),
    async start(contract, input, options = {}) {
      // A real start is never synchronous.
      await new Promise((resolve) => setImmediate(resolve));
      const checked = check(contract.input, input);
      if (!checked.ok) throw new Error('The intake reads messages before it starts payments');
      const workflowId = contract.id.of(checked.value);
      const failure = failWith(contract.id.parse(workflowId)?.split('.').at(-1) ?? '');
      if (failure) throw failure;
      const digest = inputDigest([checked.value, options.owner]);
      const known = digests.get(workflowId);
      if (known !== undefined && known !== digest) throw new InputConflict(workflowId, digest, known);
      digests.set(workflowId, digest);
      starts.push({ workflowId, owner: options.owner, correlationId: options.correlationId });
      return { workflowId, runId: `run-${workflowId}`, firstStart: known === undefined } as never;
    },
  };
  return { ...longhaul, starts, runs: () => [...digests.keys()] };
}

export interface Letter {
  readonly message: IntakeMessage;
  readonly reason: string;
}

export function fakeDeadLetters(failWith?: Error): DeadLetters & { readonly letters: readonly Letter[] } {
  const letters: Letter[] = [];
  return {
    letters,
    async send(message, reason) {
      await new Promise((resolve) => setImmediate(resolve));
      if (failWith) throw failWith;
      letters.push({ message, reason });
    },
  };
}

/** The intake with fakes, and its log. */
export function testIntake(
  options: { longhaul?: ReturnType<typeof fakeLonghaul>; deadLetters?: ReturnType<typeof fakeDeadLetters> } = {},
) {
  const { longhaul = fakeLonghaul(), deadLetters = fakeDeadLetters() } = options;
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  return { longhaul, deadLetters, logged, log, take: intake({ longhaul, deadLetters, topicArn, log }) };
}
