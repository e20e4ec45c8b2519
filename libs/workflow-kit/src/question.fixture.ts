import { defineWorkflow, idWithPrefix, Queue } from '@longhaul/contracts';
import { z } from 'zod';

/** A workflow for tests: it ends when it is told to, and answers a question only when it is told to. */
export const Question = defineWorkflow({
  type: 'question',
  queue: Queue.booking,
  id: idWithPrefix<{ id: string }>('question-', ({ id }) => id),
  input: z.object({ id: z.string() }),
  outcome: z.object({ status: z.literal('ended') }),
  updates: { ask: { input: z.object({}), answer: z.object({ answer: z.number() }) } },
  signals: { end: z.object({}), answer: z.object({}) },
  steps: {},
  once: 'For the length of a test.',
  http: {
    runs: '/questions',
    owner: { field: 'id' },
    anyOwnerScope: 'questions:any',
    ownerMessages: [],
    whenFinished: 'It has been answered.',
    summary: 'A question',
  },
});
