import { z } from 'zod';
import type { RunEvidence } from '../evidence.ts';
import type { WorkflowWords } from '../expectations.ts';
import type { View } from './view.ts';
import { stepsOf } from './words.ts';

export const isParked = (run: RunEvidence | undefined): boolean =>
  run?.status === 'running' && run.attention.some(({ settled }) => !settled);

export const hasEnded = (run: RunEvidence | undefined): boolean =>
  run !== undefined && run.status !== 'running' && run.status !== 'continued-as-new';

/**
 * It is not at its end, or a person did a part of its work instead: what it should have brought about is not held against
 * it. One that is neither final nor parked is X1's to find.
 */
export const leftToPeople = (run: RunEvidence | undefined): boolean =>
  run !== undefined && (!hasEnded(run) || run.attention.some(({ settledByHand }) => settledByHand));

const Accepted = z.object({ answer: z.literal('accepted') });

/** Somebody had the run stopped: by update, by signal, or through Temporal. */
export function wasToldToStop(run: RunEvidence): boolean {
  return run.cancelRequested || run.signals.includes('cancel') || acceptedCancels(run) > 0;
}

const Ended = z.object({ status: z.string() });

/**
 * A worker that is killed in the middle of a task may have been further than the history tells. The task done again comes to
 * the same steps, unless the run was stopped meanwhile: by somebody, or by what its domain says (its bus has left).
 */
export function mayHaveBeenFurther({ views }: { readonly views: readonly View[] }, run: RunEvidence): boolean {
  const status = Ended.safeParse(run.outcome).data?.status ?? '';
  return wasToldToStop(run) || views.some(({ stoppedAs }) => stoppedAs?.includes(status));
}

const MadeBefore = z.union([
  z.object({ code: z.literal('made-before') }),
  z.object({ reason: z.literal('made-before') }),
]);

/** An earlier run of its id was there, so that this one did nothing. */
export const madeBefore = ({ outcome }: RunEvidence): boolean => MadeBefore.safeParse(outcome).success;

export function acceptedCancels({ updates }: RunEvidence): number {
  return updates.filter(({ name, answer }) => name === 'cancel' && Accepted.safeParse(answer).success).length;
}

const SettledByHand = z.object({ settledByHand: z.array(z.object({ step: z.string() })) });
const GivenBack = z.object({ givenBack: SettledByHand });

/** Steps that an operator did instead of the run. What became of them the run cannot know, nor can we. */
function settledSteps(run: RunEvidence): string[] {
  const noted = GivenBack.safeParse(run.outcome).data?.givenBack ?? SettledByHand.safeParse(run.outcome).data;
  const resolved = run.attention.filter(({ settledByHand }) => settledByHand);
  return [...(noted?.settledByHand ?? []), ...resolved].flatMap(({ step }) => step ?? []);
}

/** Steps that a person did, or has still to do: of a parked run, what it is waiting for and whatever comes after it. */
export function excusedSteps(run: RunEvidence | undefined, contracts: readonly WorkflowWords[]): string[] {
  if (!run) return [];
  return [...settledSteps(run), ...(isParked(run) ? stepsOf(contracts, run.type) : [])];
}

/** The run got as far as this step, as far as its history tells. */
export const began = (run: RunEvidence, step: string): boolean => run.steps.some((trace) => trace.step === step);

export const completed = (run: RunEvidence, step: string): boolean =>
  run.steps.some((trace) => trace.step === step && trace.state === 'completed');
