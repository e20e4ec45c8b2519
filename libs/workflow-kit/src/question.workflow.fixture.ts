import type { WorkflowFace } from '@longhaul/contracts/workflow';
import { condition } from '@temporalio/workflow';
import { implement } from './implement.ts';
import type { Question } from './question.fixture.ts';

/** The contract without its zod, as a workflow sees it; here nothing is checked. */
const contract: WorkflowFace<typeof Question> = {
  type: 'question',
  queue: 'booking',
  idOf: ({ id }) => `question-${id}`,
  keyOf: ({ id }) => id,
  checkInput: (value) => ({ ok: true, value: value as never }),
  checkUpdate: (_name, value) => ({ ok: true, value: value as never }),
  checkSignal: (_name, value) => ({ ok: true, value: value as never }),
  accepts: { updates: ['ask'], signals: ['end', 'answer'] },
  steps: {},
  whenFinished: 'It has been answered.',
};

export const question = implement(contract, { owner: 'nobody' }, async (_input, _run, hear) => {
  let [ended, answered] = [false, false];
  hear.signal('end', () => {
    ended = true;
  });
  hear.signal('answer', () => {
    answered = true;
  });
  hear.update('ask', async () => {
    await condition(() => answered);
    return { answer: 42 };
  });
  await condition(() => ended);
  return { status: 'ended' as const };
});
