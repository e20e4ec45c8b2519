import type { Rung, StepCall, Who } from '@longhaul/contracts';
import type {
  AuditEntry,
  AuditService,
  CallContext,
  DirectoryService,
  NotificationService,
} from '@longhaul/service-clients';
import { dueTimes, peopleOf, type Approver } from './who-decides.ts';

export type { AuditEntry, AuditRecord } from '@longhaul/service-clients';

/** The services that the activities of this worker call. */
export interface ApprovalServices {
  readonly directory: DirectoryService;
  readonly audit: AuditService;
  readonly notification: NotificationService;
  /** Key, correlation id, trace and cancellation of a step, for its service calls. */
  readonly context: (call: StepCall) => CallContext;
}

export interface StageRequest {
  readonly initiator: string;
  readonly who: readonly Who[];
  readonly fallback?: readonly Who[];
  readonly ladder: readonly Rung[];
  /** When the stage begins, in milliseconds since 1970. */
  readonly fromMs: number;
}

/** A rung of the ladder with its moment, and whom it asks. */
export interface PlannedRung {
  readonly does: Rung['does'];
  readonly at: string;
  readonly approvers: readonly Approver[];
}

export interface StagePlan {
  readonly approvers: readonly Approver[];
  readonly ladder: readonly PlannedRung[];
}

/** All steps of the story: which service, which key, which result. */
export function approvalActivities({ directory, audit, notification, context }: ApprovalServices) {
  return {
    /**
     * Who decides, and when each rung of the ladder is due. Computed once for each stage and kept in the history: people and
     * calendars change, and a replay must not compute another plan.
     */
    planStage: async (call: StepCall, request: StageRequest): Promise<StagePlan> => {
      const { initiator, who, fallback = [], ladder, fromMs } = request;
      const at = new Date(fromMs).toISOString();
      const ask = (whom: readonly Who[]) => peopleOf(whom, { initiator, at }, directory, context(call));
      const asked = await ask(who);
      const approvers = asked.length > 0 ? asked : await ask(fallback);
      const times = dueTimes(ladder, fromMs);
      const planned = ladder.map(async (rung, index) => ({
        does: rung.does,
        at: times[index]!,
        approvers: 'who' in rung ? await ask(rung.who) : [],
      }));
      return { approvers, ladder: await Promise.all(planned) };
    },

    recordEntry: (call: StepCall, request: { recordId: string; madeBy: string; sequence: number; entry: AuditEntry }) =>
      audit.record(request, context(call)),

    readRecord: (call: StepCall, { recordId }: { recordId: string }) => audit.find(recordId, context(call)),

    tellPerson: (
      call: StepCall,
      notice: { user: string; template: 'approval-asked' | 'approval-reminder'; data: Record<string, string> },
    ) => notification.send(notice, context(call)),
  };
}

export type ApprovalActivities = ReturnType<typeof approvalActivities>;
