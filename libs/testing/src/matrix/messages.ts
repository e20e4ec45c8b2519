import { setTimeout as pause } from 'node:timers/promises';
import {
  answerTo,
  type CancelAnswer,
  type CancelRequest,
  type InputOf,
  type ResolveRequest,
  type WorkflowContract,
} from '@longhaul/contracts';
import { WorkflowNotFoundError } from '@temporalio/client';
import { expect } from 'vitest';
import type { House } from '../house.ts';
import { inOtherModes } from '../run-modes.ts';

interface MessageCell<C extends WorkflowContract> {
  readonly house: House;
  readonly contract: C;
  readonly input: InputOf<C>;
  /** The call during which the messages are sent. */
  readonly at: string;
  readonly fastPath: boolean;
  readonly name: string;
  readonly ends: string;
}

/** The call of a regular activity is held until the message is answered; that of a local attempt at most for this time. */
const heldAtMostMs = 300;

/** The run ended before it received the message. */
const closed = 'closed';
type Answer = CancelAnswer['answer'] | typeof closed;

/** The messages to disturb a step with. Sending all of them twice includes a cancel, so only the deep run has both. */
export function messagesTo({ updates }: WorkflowContract): readonly string[] {
  const alone = inOtherModes && 'cancel' in updates ? ['cancel here'] : [];
  return [...alone, 'duplicate message here'];
}

/** Sends a cancel during a step, or all messages twice. All callers must get answers that agree with the outcome. */
export async function disturbByMessages<C extends WorkflowContract>(cell: MessageCell<C>): Promise<void> {
  const { house, contract, input, at, fastPath, name, ends } = cell;
  const twice = name === 'duplicate message here';
  const cancels = 'cancel' in contract.updates;
  const answers: Promise<Answer>[] = [];
  const strangers: Promise<unknown>[] = [];
  house.atCall('before', at, async () => {
    const run = house.client.workflow.getHandle(contract.id.of(input));
    const cancel = () =>
      answerOf(
        run.executeUpdate<CancelAnswer, [CancelRequest]>('cancel', {
          updateId: 'the-same',
          args: [{ reason: 'the matrix' }],
        }),
      );
    if (cancels) answers.push(cancel());
    if (twice) {
      if (cancels) answers.push(cancel());
      const retry: ResolveRequest = { action: 'retry', by: 'nobody' };
      strangers.push(
        expect(house.start(contract, input)).rejects.toThrow(/already started/i),
        answerTo(run.executeUpdate<unknown, [ResolveRequest]>('resolve', { args: [retry] })).catch(ignoreClosed),
      );
    }
    await Promise.race([Promise.all([...answers, ...strangers]), pause(heldAtMostMs)]);
  });
  const run = await house.start(contract, input, { fastPath });
  const outcome = (await run.result()) as { status: string };
  await Promise.all(strangers);
  const [answer, again] = await Promise.all(answers);
  if (twice && cancels) expect(again).toBe(answer);
  expect(outcome.status).toBe(answer === 'accepted' ? 'cancelled' : ends);
}

async function answerOf(update: Promise<CancelAnswer>): Promise<Answer> {
  try {
    return (await answerTo(update)).answer;
  } catch (error) {
    return ignoreClosed(error);
  }
}

function ignoreClosed(error: unknown): typeof closed {
  if (error instanceof WorkflowNotFoundError) return closed;
  throw error;
}
