import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { InputConflict, inputDigest, LonghaulError } from '@longhaul/client';
import { ProcessPayment, type PaymentInitiated, type ProcessPaymentInput } from '@longhaul/contracts';
import { comeAgain } from './http/problem.ts';
import type { LonghaulClient, OwnedStart, WayToStart } from './routes/route.ts';

const publishTimeoutMs = 5_000;
const lookMs = 1_000;

/** Publishes `payment.initiated` on SNS. It works without Temporal and while starts are switched off: the queue keeps the event. */
export function paymentPublisher(
  longhaul: LonghaulClient,
  topicArn: string,
): WayToStart<typeof ProcessPayment>['start'] {
  const sns = new SNSClient({ region: regionOf(topicArn), maxAttempts: 3 });
  return async (payment, options) => {
    const workflowId = ProcessPayment.id.of(payment);
    const runId = await existingRun(longhaul, workflowId, payment, options);
    if (runId !== undefined) return { workflowId, runId };
    try {
      const abortSignal = AbortSignal.timeout(publishTimeoutMs);
      await sns.send(messageAbout(payment, options.correlationId, topicArn), { abortSignal });
    } catch (cause) {
      throw comeAgain('service-unavailable', 'The queue of payments takes none now. Send the same again.', 5, cause);
    }
    return { workflowId };
  };
}

/**
 * The run that the payment already has, so that another input with its id is refused here instead of ending in the
 * dead-letter queue. If Temporal does not answer, the event is published anyway: the intake finds the run.
 */
async function existingRun(
  longhaul: LonghaulClient,
  workflowId: string,
  payment: ProcessPaymentInput,
  options: OwnedStart,
): Promise<string | undefined> {
  try {
    await longhaul.handle(ProcessPayment, workflowId).describe({ waitMs: lookMs });
    const { runId } = await longhaul.start(ProcessPayment, payment, { ...options, waitMs: lookMs });
    return runId;
  } catch (error) {
    if (error instanceof InputConflict || !(error instanceof LonghaulError)) throw error;
    return undefined;
  }
}

function messageAbout(payment: ProcessPaymentInput, correlationId: string, topicArn: string): PublishCommand {
  const event: PaymentInitiated = { type: 'payment.initiated', correlationId, payment };
  return new PublishCommand({
    TopicArn: topicArn,
    Message: JSON.stringify(event),
    // A FIFO topic requires both ids. Payments need no order among each other, so each has its own group.
    ...(topicArn.endsWith('.fifo') && {
      MessageGroupId: payment.paymentId,
      MessageDeduplicationId: inputDigest(payment),
    }),
  });
}

/** The region of the topic, which may differ from AWS_REGION. */
function regionOf(topicArn: string): string {
  return topicArn.split(':')[3]!;
}
