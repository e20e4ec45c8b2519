import {
  cancelMessage,
  CancelRequest,
  defineWorkflow,
  idWithPrefix,
  NoticeState,
  Queue,
  resolveMessage,
  ResolveRequest,
  type InputOf,
  type StepCall,
} from '@longhaul/contracts';
import { z } from 'zod';

const ended = {
  thanks: NoticeState,
  gifts: z.array(z.string()),
  settledByHand: z.array(z.object({ step: z.string(), by: z.string(), note: z.string() })),
};

/** A workflow for tests: goods are reserved and paid for, and the buyer is thanked. What the kit does shows in it. */
export const PlaceOrder = defineWorkflow({
  type: 'placeOrder',
  queue: Queue.booking,
  id: idWithPrefix<{ orderId: string }>('order-', ({ orderId }) => orderId),
  input: z.object({ orderId: z.string().min(1), pieces: z.int().min(1) }),
  outcome: z.discriminatedUnion('status', [
    z.object({ status: z.literal('placed'), ...ended }),
    z.object({ status: z.literal('declined'), ...ended }),
    z.object({ status: z.literal('cancelled'), reason: z.string(), ...ended }),
    z.object({ status: z.literal('failed'), step: z.string(), code: z.string(), ...ended }),
  ]),
  updates: {
    cancel: cancelMessage,
    resolve: resolveMessage,
    /** Answered when it is printed. */
    receipt: { input: z.object({ copies: z.int().min(1) }), answer: z.object({ copies: z.int() }) },
  },
  signals: {
    cancel: CancelRequest,
    resolve: ResolveRequest,
    gift: z.object({ what: z.string() }),
    print: z.object({}),
  },
  steps: { reserve: { undoneBy: 'release' }, charge: { undoneBy: 'refund' }, thank: {} },
  once: 'For the length of a test.',
  http: {
    runs: '/orders',
    anyOwnerScope: 'orders:any',
    ownerMessages: [],
    whenFinished: 'What was placed is sent back by post.',
    summary: 'An order',
  },
});

export type Order = InputOf<typeof PlaceOrder>;

/** What the story of an order does. */
export interface OrderSteps {
  reserve(call: StepCall, order: Order): Promise<void>;
  charge(call: StepCall, order: Order): Promise<'charged' | 'declined'>;
  refund(call: StepCall, order: Order): Promise<void>;
  release(call: StepCall, order: Order): Promise<void>;
  thank(call: StepCall, order: Order): Promise<void>;
}
