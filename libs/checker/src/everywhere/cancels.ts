import { z } from 'zod';
import type { RunEvidence } from '../evidence.ts';
import type { Facts } from './facts.ts';
import { acceptedCancels, hasEnded, wasToldToStop } from './run-state.ts';

const CancelAnswer = z.object({ answer: z.enum(['accepted', 'too-late']) });

/** A story that a caller can stop until it is decided. */
interface Cancellable {
  readonly run: RunEvidence;
  readonly outcome: { readonly status: string } | undefined;
}

/** Where callers were told something else of their cancel than what came out. */
export function brokenCancels({ answersAbout }: Facts, { run, outcome }: Cancellable): string[] {
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
