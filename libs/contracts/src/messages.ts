import { z } from 'zod';
import { Actor, Label, Moment } from './values.ts';

/** Asks a run to stop and to undo its steps. */
export const CancelRequest = z.object({ reason: Label.default('no reason given') });
export type CancelRequest = z.infer<typeof CancelRequest>;

const TooLate = z.object({ answer: z.literal('too-late'), detail: z.string() });

/** `accepted`: the run will end cancelled. `too-late`: it is decided, and `detail` says what to do instead. */
export const CancelAnswer = z.discriminatedUnion('answer', [z.object({ answer: z.literal('accepted') }), TooLate]);
export type CancelAnswer = z.infer<typeof CancelAnswer>;

export const cancelMessage = { input: CancelRequest, answer: CancelAnswer, atTheDoor: TooLate, once: true } as const;

/** An operator's decision on a parked run: retry the step, or it was settled by hand. */
export const ResolveRequest = z.discriminatedUnion('action', [
  z.object({ action: z.literal('retry'), by: Actor, note: Label.optional() }),
  z.object({ action: z.literal('settled'), by: Actor, note: Label }),
]);
export type ResolveRequest = z.infer<typeof ResolveRequest>;

export const ResolveAnswer = z.object({ resolved: z.boolean(), detail: z.string() });
export type ResolveAnswer = z.infer<typeof ResolveAnswer>;

export const resolveMessage = {
  input: ResolveRequest,
  answer: ResolveAnswer,
  atTheDoor: ResolveAnswer.extend({ resolved: z.literal(false) }),
} as const;

/**
 * The type of the failure with which the validator of an update answers; the answer is the first of its details. Temporal does
 * not record such an update: a run can have at most 2,000 updates, and those that come too late must not use them up.
 */
export const answeredAtTheDoor = 'AnsweredAtTheDoor';

const Answered = z.object({
  cause: z.object({ type: z.literal(answeredAtTheDoor), details: z.array(z.unknown()).min(1) }),
});

/** The answer to an update, from its handler or its validator. */
export async function answerTo<T>(update: Promise<T>): Promise<T> {
  try {
    return await update;
  } catch (error) {
    const answered = Answered.safeParse(error).data;
    if (!answered) throw error;
    return answered.cause.details[0] as T;
  }
}

/** Why a run is parked, and who has to act. */
export const Attention = z.object({
  step: z.string(),
  code: z.string(),
  message: z.string(),
  owner: z.string(),
  since: Moment,
  /** When the person must have acted. Left out if there is no deadline. */
  dueAt: Moment.optional(),
});
export type Attention = z.infer<typeof Attention>;

export const RunState = z.enum(['working', 'undoing', 'parked', 'telling', 'finished']);
export type RunState = z.infer<typeof RunState>;

/** The answer of every workflow to the query `status`. */
export const RunStatus = z.object({
  state: RunState,
  stepsDone: z.array(z.string()),
  /** The current step, and until when the run waits for it. */
  waitingFor: z.object({ step: z.string(), until: Moment.nullable() }).nullable(),
  cancelRequested: z.boolean(),
  attention: Attention.nullable(),
  /** Set as soon as it is decided, before the passenger is notified. */
  outcome: z.unknown(),
});
export type RunStatus = z.infer<typeof RunStatus>;

/**
 * The status of a run in the HTTP API. `unknown`: the run exists, but no worker answers at the moment. `failed`: it ended
 * without an outcome. In these two states and in `finished`, no steps are listed.
 */
export const RunReport = RunStatus.extend({
  workflowId: z.string(),
  runId: z.string(),
  state: z.enum([...RunState.options, 'unknown', 'failed']),
  startedAt: Moment,
  endedAt: Moment.nullable(),
  /** The code of the fault that ended the run, as docs/failures.md lists it. */
  failure: z.string().nullable(),
});
export type RunReport = z.infer<typeof RunReport>;

export const statusQuery = 'status';

/** Asks a run whether a person takes part in it. For contracts with `participantMessages`. */
export const takesPartQuery = 'takesPart';
