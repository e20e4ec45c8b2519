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
    says: 'At rest nothing is held, reserved or open, except for parked runs and steps that a person settled.',
    find: (facts) => [
      ...facts.views.flatMap(({ unfinished }) => unfinished),
      ...latestRuns(facts).flatMap(({ workflowId, steps }) =>
        steps.filter((step) => isOpen(facts, step)).map(({ step }) => `${workflowId}/${step} is still open`),
      ),
    ],
  },
  {
    id: 'X13',
    says: 'The status is always answered, and the last status agrees with the outcome.',
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
    says: 'A process that gets SIGTERM exits 0 within its grace, and no attempt is lost unless a process was killed.',
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
 * A step that was cancelled without waiting may go on. For a read, whose calls have no key, that does no harm. A step whose
 * key has reached a service may still have its effect, so it counts as open.
 */
function isOpen({ sandbox }: Facts, { state, key }: StepTrace): boolean {
  return state === 'open' || (state === 'abandoned' && sandbox.calls.some((call) => call.key === key));
}

const ComeAgain = z.object({ code: z.literal('temporal-unavailable') });

/**
 * A caller who is asked to retry because Temporal is slow, and who gets an answer to the retry, counts as answered; the deep
 * run reports how long it took. A caller who is asked to retry for another reason, or never gets an answer, does not.
 */
function unanswered({ answers }: Facts): readonly CallerAnswer[] {
  const asked = answers.filter(({ call }) => call === 'status');
  const answered = new Set(asked.flatMap(({ status, correlationId }) => (status === 200 ? [correlationId] : [])));
  return asked.filter(({ status, body, correlationId }) => {
    const comesAgain = status === 503 && ComeAgain.safeParse(body).success;
    return status !== 200 && !(comesAgain && correlationId !== undefined && answered.has(correlationId));
  });
}

/** A process was killed on purpose, so for a while there may have been no answers. */
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
    // The status shows the outcome as soon as it is decided; the result of the notice is known only at the end.
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
