import type { ApprovalOutcome } from '@longhaul/contracts';
import { Approval } from '@longhaul/contracts/workflow';
import { implement, settledByHand, stepsOf } from '@longhaul/workflow-kit';
import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import type { ApprovalActivities } from '../activities.ts';
import { Request, type Ending } from './approval.rules.ts';
import { approvalPolicies, operators, policyOf } from './policies.ts';
import { AuditTrail } from './audit-trail.ts';
import { StageVotes, system } from './stage.rules.ts';

/**
 * People decide, stage by stage. Messages and rungs of the ladder change the request at once, and whichever comes first counts;
 * what happened is recorded and told in the background, so that a slow service delays no decision and no deadline.
 */
export const approval = implement(
  Approval,
  { owner: operators },
  async (input, run, hear): Promise<ApprovalOutcome> => {
    const steps = stepsOf<ApprovalActivities>(run, approvalPolicies);
    const record = new AuditTrail(run, steps, input);
    const request = new Request(input, () => new Date().toISOString(), record.happened);
    const ended = (ending: Ending) => ({ ...ending, decisions: request.decisions });

    hear.participants((person) => request.takesPart(person));
    hear.update(
      'approve',
      (said) => request.vote(said, 'approve', said.comment ?? null),
      (said) => request.whyNot(said, 'approve'),
    );
    hear.update(
      'reject',
      (said) => request.vote(said, 'reject', said.reason),
      (said) => request.whyNot(said, 'reject'),
    );
    hear.update(
      'delegate',
      (said) => request.delegate(said),
      (said) => request.whyNotDelegate(said),
    );
    hear.update(
      'withdraw',
      (said) => request.withdraw(said),
      () => request.whyNotWithdraw(),
    );
    // Whoever cancels the run in Temporal withdraws the request.
    const cancelled = { by: system, reason: 'cancelled in Temporal' };
    CancellationScope.current().cancelRequested.catch(() => request.withdraw(cancelled));

    return run.toTheEnd('working', async () => {
      // 1. One run of a request is on record. If it is an earlier one, its decision stays.
      const begun = await record.begin();
      if (begun !== 'begun') return begun;

      for (const [index, stage] of (input.policy ?? policyOf(input.priority)).stages.entries()) {
        // 2. Who decides and until when is computed once for each stage, after what was decided before is on record.
        await record.written();
        const { who, fallback = [], ladder } = stage;
        const asked = { initiator: input.initiator, who, fallback, ladder, fromMs: Date.now() };
        const plan = await run.orPark(() => steps.planStage(asked, { sequence: index + 1 }));
        if (!plan) return settledByHand(run);
        if (request.ending) break;
        const votes = new StageVotes(stage, plan);
        if (!votes.possible)
          return record.end(ended({ status: 'failed', step: 'planStage', code: 'nobody-to-decide' }));
        request.begin(votes);
        record.stageBegan(votes, new Date(asked.fromMs).toISOString());

        // 3. Until the stage is decided: the next message, or the next rung of the ladder, whichever comes first.
        while (request.open) {
          const rung = votes.ladder[0]!;
          const due = dueAt(rung.at);
          await condition(() => due.now || !request.open);
          if (request.open) record.climbed(votes, rung, request.climb(rung));
        }
        if (request.ending) break;
      }

      // 4. The decision is on record before the run ends with it.
      return record.end(ended(request.ending ?? { status: 'approved' }));
    });
  },
);

/**
 * A timer that is not cancelled when somebody decides before. Cancelling it would be a command, and a replay may put it in another
 * place: after a message that was refused, the SDK replays what came before and after it as one task.
 */
function dueAt(moment: string): { now: boolean } {
  const due = { now: false };
  void sleep(Math.max(1, Date.parse(moment) - Date.now())).then(() => {
    due.now = true;
  });
  return due;
}
