import { defineWorkflow, idWithPrefix, Queue } from '@longhaul/contracts';
import { z } from 'zod';

/** A workflow for tests: a parcel of any size waits for its delivery. */
export const Parcel = defineWorkflow({
  type: 'parcel',
  queue: Queue.booking,
  id: idWithPrefix<{ id: string }>('parcel-', ({ id }) => id),
  input: z.object({ id: z.string(), content: z.string() }),
  outcome: z.discriminatedUnion('status', [
    z.object({ status: z.literal('delivered'), notes: z.array(z.string()) }),
    z.object({ status: z.literal('lost') }),
  ]),
  startsAnewAfter: ['lost'],
  updates: {
    deliver: {
      input: z.object({ to: z.string().min(1) }),
      answer: z.object({ delivered: z.boolean() }),
    },
    weigh: { input: z.object({}), answer: z.object({ times: z.number() }) },
    look: { input: z.object({}), answer: z.object({ times: z.number() }), once: true },
    /** The validator answers if the parcel must not be opened. */
    open: {
      input: z.object({}),
      answer: z.object({ opened: z.boolean() }),
      atTheDoor: z.object({ opened: z.literal(false) }),
    },
  },
  signals: { note: z.object({ text: z.string() }) },
  steps: {},
  once: 'For the length of a test.',
  http: {
    start: '/parcels',
    runs: '/parcels',
    owner: { field: 'id' },
    anyOwnerScope: 'parcels:any',
    ownerMessages: [],
    whenFinished: 'It has been delivered.',
    summary: 'A parcel',
  },
});
