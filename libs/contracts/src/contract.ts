import type { z } from 'zod';

/** A worker polls exactly one of these. */
export const Queue = {
  booking: 'booking',
  fleet: 'fleet',
  payment: 'payment',
  /** Tries to deliver a merchant's webhook, and nothing else: a slow merchant takes no slot of a charge. */
  paymentDeliveries: 'payment-deliveries',
  approval: 'approval',
} as const;
export type Queue = (typeof Queue)[keyof typeof Queue];

export interface MessageContract<Input extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly answer: Answer;
  /** The forms of the answer that are given at the run's door (`answeredAtTheDoor`). Default: none. */
  readonly atTheDoor?: z.ZodType;
  /** Said again, it says nothing new: the client sends it under its name as its id, so that a run takes one of it. */
  readonly once?: true;
}

export interface StepContract {
  /** The step that takes this one back. Keys are `<workflow id>/<step>`, so both can be found downstream. */
  readonly undoneBy?: string;
}

/**
 * Kinds of records that have an owner. A booking is its passenger's, a payment (for what is done about it later) the
 * merchant's who was paid.
 */
export type OwnedRecord = 'booking' | 'payment';

/** Where the run's owner stands: in a field of the input, or in the record whose id is in a field of the input. */
export type OwnerSource = { readonly field: string } | { readonly record: OwnedRecord; readonly in: string };

interface HttpRuns {
  /** The path under which runs are asked for: `<runs>/:workflowId/status`, `…/result`, `…/<message>`. */
  readonly runs: string;
  /** The scope that lets a caller act for any owner. */
  readonly anyOwnerScope: string;
  /** Updates that the run's owner may send; all others need the scope `operations`. */
  readonly ownerMessages: readonly string[];
  /**
   * Updates that anybody may send who takes part in the run, as the run itself knows (its query `takesPart`). They also see its
   * status and result. Default: none.
   */
  readonly participantMessages?: readonly string[];
  /** What a caller can do instead when a message comes after the decision, or after the end of the run. */
  readonly whenFinished: string;
  readonly summary: string;
}

interface HttpStart extends HttpRuns {
  /** The path that starts a run. `:name` takes the input's field of that name from the path. */
  readonly start: string;
  readonly owner: OwnerSource;
  /** The update, without input, whose answer the start is answered with. Default: none, the start does not wait. */
  readonly startsWith?: string;
  /** A start may wait in a queue: its answer then has no run id yet. Default: it may not. */
  readonly mayBeQueued?: true;
  /** The input's business key, when the body carries it: an `Idempotency-Key` header may stand in for it. */
  readonly keyField?: string;
}

/** Without `start`, only other runs start one; callers and operators can ask for it all the same. */
export type HttpContract = HttpStart | (HttpRuns & { readonly start?: never });

/** What two sides agree on about one workflow. */
export interface WorkflowContract<
  Type extends string = string,
  Input extends z.ZodType = z.ZodType,
  Outcome extends z.ZodType = z.ZodType,
  Updates extends Record<string, MessageContract> = Record<string, MessageContract>,
  Signals extends Record<string, z.ZodType> = Record<string, z.ZodType>,
  Steps extends Record<string, StepContract> = Record<string, StepContract>,
> {
  readonly type: Type;
  readonly queue: Queue;
  readonly id: {
    /** The workflow id, made from the business key in the input. */
    of(input: z.output<Input>): string;
    /** The business key in a workflow id of this contract; undefined for any other id. */
    parse(workflowId: string): string | undefined;
  };
  readonly input: Input;
  readonly outcome: Outcome;
  readonly updates: Updates;
  readonly signals: Signals;
  /** In the order of the story. Each step's effect carries the key `<workflow id>/<step>`. */
  readonly steps: Steps;
  /** How long and by what "starting twice is starting once" holds, in plain words. */
  readonly once: string;
  /** The statuses of outcomes that decide nothing: a start that finds such an end begins anew. Default: none. */
  readonly startsAnewAfter?: readonly string[];
  readonly http: HttpContract;
}

/** A workflow that callers of the HTTP API may start. */
export type StartableContract = WorkflowContract & { readonly http: HttpStart };

export function isStartable(contract: WorkflowContract): contract is StartableContract {
  return contract.http.start !== undefined;
}

export type InputOf<C extends WorkflowContract> = z.output<C['input']>;
export type OutcomeOf<C extends WorkflowContract> = z.output<C['outcome']>;
export type SignalOf<C extends WorkflowContract, Name extends keyof C['signals']> = z.output<C['signals'][Name]>;
export type MessageOf<C extends WorkflowContract, Name extends keyof C['updates']> = z.output<
  C['updates'][Name]['input']
>;
export type AnswerOf<C extends WorkflowContract, Name extends keyof C['updates']> = z.output<
  C['updates'][Name]['answer']
>;

export function defineWorkflow<
  Type extends string,
  Input extends z.ZodType,
  Outcome extends z.ZodType,
  Updates extends Record<string, MessageContract>,
  Signals extends Record<string, z.ZodType>,
  Steps extends Record<string, StepContract>,
  Http extends HttpContract,
>(
  contract: WorkflowContract<Type, Input, Outcome, Updates, Signals, Steps> & { readonly http: Http },
): WorkflowContract<Type, Input, Outcome, Updates, Signals, Steps> & { readonly http: Http } {
  return contract;
}

/** An id function and its inverse: `<prefix><key>`. */
export function idWithPrefix<Input>(prefix: string, keyOf: (input: Input) => string) {
  return {
    of: (input: Input) => prefix + keyOf(input),
    parse: (workflowId: string) =>
      workflowId.startsWith(prefix) && workflowId.length > prefix.length ? workflowId.slice(prefix.length) : undefined,
  };
}

/** What a step carries beside its input: the key of its effect and the correlation id of the caller's request. */
export interface StepCall {
  readonly key: string;
  readonly correlationId: string;
}

/** The key under which a step's effect is known downstream: stable over retries, resets and continue-as-new. */
export function idempotencyKey(workflowId: string, step: string, sequence?: number): string {
  return sequence === undefined ? `${workflowId}/${step}` : `${workflowId}/${step}/${sequence}`;
}
