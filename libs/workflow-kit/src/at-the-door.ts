import { answeredAtTheDoor } from '@longhaul/contracts/workflow';
import { ApplicationFailure } from '@temporalio/workflow';

/**
 * For a message's validator: gives its answer there, if there is one already. What a handler answers Temporal keeps and
 * counts, and a run that has taken 2,000 messages takes no more, not even an operator's.
 */
export function answerAtTheDoor(answer: { readonly detail: string } | undefined): void {
  if (answer === undefined) return;
  throw ApplicationFailure.create({
    type: answeredAtTheDoor,
    message: answer.detail,
    nonRetryable: true,
    details: [answer],
  });
}
