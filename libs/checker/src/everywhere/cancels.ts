import { z } from 'zod';
import { contractOf, type Facts } from './facts.ts';
import { acceptedCancels, hasEnded, wasToldToStop } from './run-state.ts';
import type { Story } from './view.ts';

const CancelAnswer = z.object({ answer: z.enum(['accepted', 'too-late']) });

/** Cancels whose answer does not match the outcome. Runs whose contract has no cancel are skipped. */
export function brokenCancels(facts: Facts, { run, outcome }: Pick<Story, 'run' | 'outcome'>): string[] {
  if (!contractOf(facts, run.type)?.updates['cancel']) return [];
  const { answersAbout } = facts;
  const toCallers = (answersAbout.get(run.workflowId) ?? [])
    .filter(({ call }) => call === 'cancel')
    .flatMap(({ body }) => CancelAnswer.safeParse(body).data?.answer ?? []);
  const promised = toCallers.includes('accepted') || acceptedCancels(run) > 0;
  const cancelled = outcome?.status === 'cancelled';
  return [
    ...(hasEnded(run) && promised && !cancelled
      ? [`${run.workflowId} accepted a cancel and ended [${outcome?.status ?? run.status}]`]
      : []),
    ...(toCallers.includes('accepted') && acceptedCancels(run) === 0
      ? [`${run.workflowId} knows nothing of the cancel that a caller was told is accepted`]
      : []),
    ...(cancelled && !wasToldToStop(run)
      ? [`${run.workflowId} ended cancelled, and nobody's cancel was accepted`]
      : []),
  ];
}
