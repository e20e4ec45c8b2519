import { InputConflict, InvalidInput, LonghaulError, PayloadTooLarge, type Longhaul } from '@longhaul/client';
import { ProcessPayment, type PaymentInitiated } from '@longhaul/contracts';
import type { Logger } from 'pino';
import type { DeadLetters } from './dead-letters.ts';
import type { IntakeMessage } from './intake-message.ts';
import { readMessage } from './read-message.ts';

/**
 * The result of processing a message. \`rejected\`: it can never be processed, and is in the dead-letter queue. \`again\`: it must
 * be delivered again. All other messages are done and may be deleted.
 */
export type Taken =
  { readonly outcome: 'started' | 'duplicate' } | { readonly outcome: 'rejected' | 'again'; readonly reason: string };

export type Outcome = Taken['outcome'];

/** Processes one message. Never throws: after an unexpected error the message is delivered again. */
export type TakeMessage = (message: IntakeMessage) => Promise<Taken>;

export interface IntakeOptions {
  readonly longhaul: Pick<Longhaul, 'start'>;
  readonly deadLetters: DeadLetters;
  readonly topicArn: string;
  readonly log: Logger;
  readonly count?: (outcome: Outcome) => void;
}

export function intake({ longhaul, deadLetters, topicArn, log, count = () => undefined }: IntakeOptions): TakeMessage {
  return async (message) => {
    const reading = readMessage(message.body, topicArn);
    const known = reading.ok && {
      correlationId: reading.event.correlationId,
      paymentId: reading.event.payment.paymentId,
    };
    const messageLog = log.child({ messageId: message.id, receiveCount: message.receiveCount, ...known });
    const judged = reading.ok ? await start(longhaul, reading.event, messageLog) : rejected(reading.reason);
    const taken = judged.outcome === 'rejected' ? await bury(deadLetters, message, judged.reason, messageLog) : judged;
    tell(messageLog, taken);
    count(taken.outcome);
    return taken;
  };
}

async function start(longhaul: Pick<Longhaul, 'start'>, event: PaymentInitiated, log: Logger): Promise<Taken> {
  const { payment, correlationId } = event;
  try {
    const { firstStart } = await longhaul.start(ProcessPayment, payment, { owner: payment.user, correlationId });
    return { outcome: firstStart ? 'started' : 'duplicate' };
  } catch (error) {
    // These errors would occur again; all others may pass.
    const poison = error instanceof InputConflict || error instanceof InvalidInput || error instanceof PayloadTooLarge;
    return poison ? rejected(error.message) : again(error, log);
  }
}

/** The original must only be deleted after its copy is stored. */
async function bury(deadLetters: DeadLetters, message: IntakeMessage, reason: string, log: Logger): Promise<Taken> {
  try {
    await deadLetters.send(message, reason);
    return rejected(reason);
  } catch (error) {
    log.warn({ reason }, 'Could not be put into the dead-letter queue');
    return again(error, log);
  }
}

const rejected = (reason: string): Taken & { outcome: 'rejected' } => ({ outcome: 'rejected', reason });

function again(error: unknown, log: Logger): Taken {
  if (!(error instanceof LonghaulError)) log.error({ err: error }, 'An unexpected failure');
  return { outcome: 'again', reason: error instanceof Error ? error.message : String(error) };
}

function tell(log: Logger, taken: Taken): void {
  switch (taken.outcome) {
    case 'started':
      return log.info('Started a payment');
    case 'duplicate':
      return log.info('The payment was started before');
    case 'rejected':
      return log.warn({ reason: taken.reason }, 'Rejected: it lies in the dead-letter queue');
    case 'again':
      return log.warn({ reason: taken.reason }, 'Not taken: it comes back');
  }
}
