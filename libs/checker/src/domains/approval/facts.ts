import { Approval } from '@longhaul/contracts';
import { z } from 'zod';
import type { Facts as FactsEverywhere } from '../../everywhere/facts.ts';
import { excusedSteps } from '../../everywhere/run-state.ts';
import type { RunEvidence } from '../../evidence.ts';
import { groupBy } from '../../values.ts';
import type { AuditRow } from './effects.ts';

const Input = z.object({ initiator: z.string() });
const Outcome = z.object({ status: z.string() });

/** A request for approval from both sides: its run, and its record at the audit service. */
export interface ApprovalRequest {
  readonly run: RunEvidence;
  readonly initiator: string | undefined;
  /** Undefined until there is one, and for a run that ended without. */
  readonly outcome: z.infer<typeof Outcome> | undefined;
  /** In order. */
  readonly record: readonly AuditRow[];
  /** Steps that a person did, or has still to do. */
  readonly excused: ReadonlySet<string>;
}

export interface Facts extends FactsEverywhere {
  readonly requests: readonly ApprovalRequest[];
}

export function factsOf(facts: FactsEverywhere): Facts {
  const records = groupBy(facts.sandbox.workflowHistory, ({ recordId }) => recordId);
  const requests = facts.first
    .filter(({ type }) => type === Approval.type)
    .map((run) => ({
      run,
      initiator: Input.safeParse(run.input).data?.initiator,
      outcome: Outcome.safeParse(run.outcome).data,
      record: (records.get(run.workflowId) ?? []).toSorted((one, other) => one.sequence - other.sequence),
      excused: new Set(excusedSteps(run, facts.expectations.contracts)),
    }));
  return { ...facts, requests };
}

export const isDecision = ({ kind }: AuditRow): boolean => kind === 'approve' || kind === 'reject';

/** Who decides when the ladder does. */
export const system = 'system';
