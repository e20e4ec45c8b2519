import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  answerTo,
  Approval,
  takesPartQuery,
  type ApprovalInput,
  type DecisionAnswer,
  type Policy,
  type Rung,
  type Stage,
} from '@longhaul/contracts';
import { statusOf, workersOf, type House, type WorkerUnderTest } from '@longhaul/testing';
import type { WorkflowHandle } from '@temporalio/client';

export const approvalWorkers = (): Promise<WorkerUnderTest[]> => workersOf('approval');

export const rejectsAfter = (afterSeconds: number): Rung => ({ does: 'reject', afterSeconds });
export const person = (name: string) => ({ kind: 'person' as const, person: name });

/** A stage in which these people decide within a day, and are reminded after an hour. */
export function aStage(people: readonly string[], overrides: Partial<Stage> = {}): Stage {
  return {
    name: 'first',
    who: people.map(person),
    oneRejectionEnds: true,
    ladder: [{ does: 'remind', afterSeconds: 60 * 60 }, rejectsAfter(24 * 60 * 60)],
    ...overrides,
  };
}

export const policyOf = (...stages: Stage[]): Policy => ({ stages });

/** A request on which `u-boss` decides. */
export function aRequest(overrides: Partial<ApprovalInput> = {}): ApprovalInput {
  return {
    requestId: randomUUID(),
    initiator: 'u-ada',
    module: 'procurement',
    entityType: 'purchase-order',
    entityId: 'po-1',
    priority: 'HIGH',
    title: 'Two tyres',
    fields: [{ label: 'Supplier', value: 'Tyres Ltd' }],
    digest: 'a'.repeat(64),
    policy: policyOf(aStage(['u-boss'])),
    ...overrides,
  };
}

const lookAgainMs = 20;

type Run = Pick<WorkflowHandle, 'executeUpdate' | 'query' | 'workflowId'>;

/** Waits until this person is asked. */
export async function untilAsked(run: Run, who: string): Promise<void> {
  await statusOf(run);
  while (!(await run.query<boolean, [string]>(takesPartQuery, who))) await pause(lookAgainMs);
}

interface Said {
  readonly by: string;
  readonly to?: string;
  readonly reason?: string;
  readonly comment?: string;
  readonly digest?: string;
}

/** Sends a message to the run. */
export const say = (run: Run, name: 'approve' | 'reject' | 'delegate' | 'withdraw', message: Said) =>
  answerTo(run.executeUpdate<DecisionAnswer, [object]>(name, { args: [message] }));

/** Starts a request whose clock stands, so that nobody is too late, and waits until `u-boss` is asked, or who else. */
export async function startRequest(house: House, input = aRequest(), asked = 'u-boss') {
  const run = await house.start(Approval, input, { time: 'stands' });
  await untilAsked(run, asked);
  return run;
}
