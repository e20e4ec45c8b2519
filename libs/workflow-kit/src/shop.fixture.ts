import type { StepCall } from '@longhaul/contracts';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Order, OrderSteps } from './order.fixture.ts';

type Step = keyof OrderSteps;

/** One attempt of a step, as it reaches the shop. */
interface Attempt extends StepCall {
  readonly step: Step;
  readonly orderId: string;
  readonly local: boolean;
}

/** What comes of an attempt. `effect` does what the step is for, once for each key. */
type Turn = (effect: () => void) => void | Promise<void>;

/** What may go wrong with an attempt, or happen beside it. */
export const turns = {
  refused: () => {
    throw ApplicationFailure.nonRetryable('The shop does not do that', 'refused-by-shop');
  },
  away: () => {
    throw ApplicationFailure.retryable('Nobody is in the shop', 'shop-closed');
  },
  lost: (effect: () => void) => {
    effect();
    throw ApplicationFailure.retryable('The line went dead', 'line-dead');
  },
  /** As the worker's fault mapping leaves what a service asks for. */
  comeBackIn: (retryAfterMs: number) => () => {
    throw ApplicationFailure.create({
      type: 'shop-busy',
      nextRetryDelay: retryAfterMs,
      details: [{ retryAfterMs }],
    });
  },
  after: (action: () => unknown): Turn => {
    return async (effect) => {
      effect();
      await action();
    };
  },
  before: (action: () => unknown): Turn => {
    return async (effect) => {
      await action();
      effect();
    };
  },
} as const;

/** The downstream of orders, in memory. Orders of more than a hundred pieces are declined. */
export class Shop {
  readonly attempts: Attempt[] = [];
  readonly #effects: Attempt[] = [];
  readonly #plans = new Map<string, { readonly turn: Turn; times: number }>();

  readonly activities: OrderSteps = {
    reserve: (call, order) => this.#take('reserve', call, order),
    charge: async (call, order) => {
      await this.#take('charge', call, order);
      return order.pieces > 100 ? 'declined' : 'charged';
    },
    refund: (call, order) => this.#take('refund', call, order),
    release: (call, order) => this.#take('release', call, order),
    thank: (call, order) => this.#take('thank', call, order),
  };

  /** The next attempts of a step go like this. Default: one of them. */
  plan({ orderId }: Order, step: Step, turn: Turn, times = 1): void {
    this.#plans.set(`${orderId}/${step}`, { turn, times });
  }

  mend(): void {
    this.#plans.clear();
  }

  /** What was planned and has not come, but for what was planned for ever. */
  get planned(): readonly string[] {
    return [...this.#plans].flatMap(([name, { times }]) => (times === Infinity ? [] : [name]));
  }

  /** The steps that were done for an order, in their order. */
  done({ orderId }: Order): Step[] {
    return this.#effects.flatMap((effect) => (effect.orderId === orderId ? [effect.step] : []));
  }

  attemptsAt({ orderId }: Order, step: Step): Attempt[] {
    return this.attempts.filter((attempt) => attempt.orderId === orderId && attempt.step === step);
  }

  async #take(step: Step, call: StepCall, { orderId }: Order): Promise<void> {
    const attempt = { ...call, step, orderId, local: Context.current().info.isLocal };
    this.attempts.push(attempt);
    const effect = (): void => {
      if (!this.#effects.some(({ key }) => key === call.key)) this.#effects.push(attempt);
    };
    await this.#next(`${orderId}/${step}`)(effect);
  }

  #next(name: string): Turn {
    const plan = this.#plans.get(name);
    if (!plan) return (effect) => effect();
    plan.times -= 1;
    if (plan.times === 0) this.#plans.delete(name);
    return plan.turn;
  }
}
