import { z } from 'zod';
import type { RunEvidence } from '../evidence.ts';
import type { WorkflowWords } from '../expectations.ts';
import type { View } from './view.ts';
import { stepsOf } from './steps-of.ts';

export const isParked = (run: RunEvidence | undefined): boolean =>
  run?.status === 'running' && run.attention.some(({ settled }) => !settled);

export const hasEnded = (run: RunEvidence | undefined): boolean =>
  run !== undefined && run.status !== 'running' && run.status !== 'continued-as-new';

/**
 * The run has not ended, or a person did a part of its work: missing effects are not violations. X1 reports runs that have
 * neither ended nor parked.
 */
export const leftToPeople = (run: RunEvidence | undefined): boolean =>
  run !== undefined && (!hasEnded(run) || run.attention.some(({ settledByHand }) => settledByHand));

const Accepted = z.object({ answer: z.literal('accepted') });

/** The run was cancelled: by update, by signal, or through Temporal. */
export function wasToldToStop(run: RunEvidence): boolean {
  return run.cancelRequested || run.signals.includes('cancel') || acceptedCancels(run) > 0;
}

const Ended = z.object({ status: z.string() });

/**
 * A worker that is killed during a task may have done more than the history shows. The repeated task does the same steps,
 * unless the run was stopped in between: by a cancel, or for a reason of its domain (the bus has departed).
 */
export function mayHaveBeenFurther({ views }: { readonly views: readonly View[] }, run: RunEvidence): boolean {
  const status = Ended.safeParse(run.outcome).data?.status ?? '';
  return wasToldToStop(run) || views.some(({ stoppedAs }) => stoppedAs?.includes(status));
}

const MadeBefore = z.union([
  z.object({ code: z.literal('made-before') }),
  z.object({ reason: z.literal('made-before') }),
]);

/** The run did nothing, because an earlier run had the same id. */
export const madeBefore = ({ outcome }: RunEvidence): boolean => MadeBefore.safeParse(outcome).success;

export function acceptedCancels({ updates }: RunEvidence): number {
  return updates.filter(({ name, answer }) => name === 'cancel' && Accepted.safeParse(answer).success).length;
}

const SettledByHand = z.object({ settledByHand: z.array(z.object({ step: z.string() })) });
const GivenBack = z.object({ givenBack: SettledByHand });

/** Steps that an operator settled by hand. Neither the run nor the checker knows their result. */
function settledSteps(run: RunEvidence): string[] {
  const noted = GivenBack.safeParse(run.outcome).data?.givenBack ?? SettledByHand.safeParse(run.outcome).data;
  const resolved = run.attention.filter(({ settledByHand }) => settledByHand);
  return [...(noted?.settledByHand ?? []), ...resolved].flatMap(({ step }) => step ?? []);
}

/** Steps that a person did or still has to do. For a parked run these are all its steps. */
export function excusedSteps(run: RunEvidence | undefined, contracts: readonly WorkflowWords[]): string[] {
  if (!run) return [];
  return [...settledSteps(run), ...(isParked(run) ? stepsOf(contracts, run.type) : [])];
}

/** According to its history, the run began this step. */
export const began = (run: RunEvidence, step: string): boolean => run.steps.some((trace) => trace.step === step);

export const completed = (run: RunEvidence, step: string): boolean =>
  run.steps.some((trace) => trace.step === step && trace.state === 'completed');
