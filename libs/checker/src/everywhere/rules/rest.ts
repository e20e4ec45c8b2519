import { z } from 'zod';
import type { CallerAnswer, StepTrace } from '../../evidence.ts';
import type { Invariant } from '../../rule.ts';
import { same } from '../../values.ts';
import { brokenCancels } from '../cancels.ts';
import { latestRuns, type Facts } from '../facts.ts';
import { hasEnded } from '../run-state.ts';

const Polled = z.object({ state: z.string().optional(), outcome: z.looseObject({ status: z.string() }).nullish() });
const Ended = z.object({ status: z.string() });

export const restRules: readonly Invariant[] = [
  {
    id: 'X12',
    says: 'At rest there is nothing held, reserved or waited for, except by parked runs and what a person settled.',
    find: (facts) => [
      ...facts.views.flatMap(({ unfinished }) => unfinished),
      ...latestRuns(facts).flatMap(({ workflowId, steps }) =>
        steps.filter((step) => isOpen(facts, step)).map(({ step }) => `${workflowId}/${step} is still open`),
      ),
    ],
  },
  {
    id: 'X13',
    says: 'The status is answered all along, and what was last told is the outcome.',
    find: (facts) => [
      ...(wasBroken(facts) ? [] : unanswered(facts)).map(
        ({ workflowId, status }) => `${workflowId} was asked for its status and answered ${status ?? 'nothing'}`,
      ),
      ...[...facts.answersAbout].flatMap(([workflowId, answers]) => wrongLastWord(facts, workflowId, answers)),
      ...facts.views
        .filter(({ cancels }) => cancels === undefined)
        .flatMap(({ stories }) => stories.flatMap((story) => brokenCancels(facts, story))),
    ],
  },
  {
    id: 'X15',
    says: 'A process told to stop exits 0 within its grace, and no attempt is lost without a kill to explain it.',
    find: (facts) => [
      ...facts.workers
        .filter(({ signal, exitCode, withinGrace }) => signal === 'SIGTERM' && (exitCode !== 0 || !withinGrace))
        .map(
          ({ process, exitCode, withinGrace }) => `${process} ended ${exitCode}${withinGrace ? '' : ', out of time'}`,
        ),
      ...(wasBroken(facts)
        ? []
        : latestRuns(facts).flatMap(({ workflowId, steps }) =>
            steps
              .filter(({ lostAttempts }) => lostAttempts > 0)
              .map(({ step, lostAttempts }) => `${workflowId}/${step} lost ${lostAttempts} attempts without a kill`),
          )),
    ],
  },
];

/**
 * A step that was told to stop and not waited for may go on. That is right for one that only reads, whose calls carry no key:
 * nobody needs its end. One whose key has reached a service may still have its effect.
 */
function isOpen({ sandbox }: Facts, { state, key }: StepTrace): boolean {
  return state === 'open' || (state === 'abandoned' && sandbox.calls.some((call) => call.key === key));
}

const ComeAgain = z.object({ code: z.literal('temporal-unavailable') });

/**
 * Whoever is told to come again because Temporal is slow, and is answered when they do, is answered: how long that took is for
 * the deep run's report. But not those who are told so for another reason, or are never answered.
 */
function unanswered({ answers }: Facts): readonly CallerAnswer[] {
  const asked = answers.filter(({ call }) => call === 'status');
  const answered = new Set(asked.flatMap(({ status, correlationId }) => (status === 200 ? [correlationId] : [])));
  return asked.filter(({ status, body, correlationId }) => {
    const comesAgain = status === 503 && ComeAgain.safeParse(body).success;
    return status !== 200 && !(comesAgain && correlationId !== undefined && answered.has(correlationId));
  });
}

/** Something was killed on purpose, and for a while nobody may have been there to answer. */
const wasBroken = ({ workers }: Facts) => workers.some(({ signal }) => signal === 'SIGKILL');

function wrongLastWord({ runs }: Facts, workflowId: string, answers: readonly CallerAnswer[]): string[] {
  const run = runs.get(workflowId)?.at(-1);
  if (!run || !hasEnded(run)) return [];
  const told = (call: 'status' | 'result') =>
    answers.findLast((answer) => answer.call === call && answer.status === 200);
  const polled = Polled.safeParse(told('status')?.body).data;
  const result = Ended.safeParse(told('result')?.body).data && told('result')?.body;
  const outcome = Ended.safeParse(run.outcome).data;
  return [
    // An outcome is told as soon as it is decided; what becomes of the notice is only known at the end.
    ...(polled?.outcome && polled.outcome.status !== outcome?.status
      ? [`${workflowId} last said [${polled.outcome.status}] and ended [${outcome?.status ?? run.status}]`]
      : []),
    ...(polled?.state === 'finished' && polled.outcome?.status === outcome?.status && !same(polled.outcome, run.outcome)
      ? [`${workflowId} was finished with another outcome than it has`]
      : []),
    ...(result !== undefined && !same(result, run.outcome)
      ? [`${workflowId} gave a caller another result than it has`]
      : []),
  ];
}
