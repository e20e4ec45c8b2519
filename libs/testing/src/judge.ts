import {
  check,
  report,
  runEvidence,
  type CallerAnswer,
  type Expectations,
  type RunEvidence,
  type SandboxEvidence,
  type Violation,
  type WorkerExit,
} from '@longhaul/checker';
import type { WorkflowHandle } from '@temporalio/client';
import { countBy, record } from './deep/record.ts';

export type RunHandle = Pick<WorkflowHandle, 'workflowId' | 'describe' | 'fetchHistory'>;

/** Evidence of runs that have ended, so that the check after each spec does not read them again. */
const ended = new WeakMap<RunHandle, RunEvidence>();

/** The evidence of a run, from its history at Temporal. */
export async function evidenceOfRun(run: RunHandle): Promise<RunEvidence> {
  const known = ended.get(run);
  if (known) return known;
  const [{ runId }, history] = await Promise.all([run.describe(), run.fetchHistory()]);
  const evidence = runEvidence(JSON.parse(JSON.stringify(history)), { workflowId: run.workflowId, runId });
  if (evidence.status !== 'running') ended.set(run, evidence);
  return evidence;
}

/**
 * Adds the runs that the given runs have started, and so on, waiting until each is at rest: they may go on after the run that
 * started them. `rest` resolves when a run has ended or is parked.
 */
export async function adoptChildren<Run extends RunHandle>(
  started: Run[],
  handleOf: (workflowId: string) => Run,
  rest: (run: Run) => Promise<void>,
): Promise<void> {
  const known = new Set(started.map(({ workflowId }) => workflowId));
  // The list grows during the loop.
  for (const run of started) {
    const { children } = await evidenceOfRun(run);
    for (const workflowId of children.filter((id) => !known.has(id))) {
      known.add(workflowId);
      const child = handleOf(workflowId);
      await rest(child);
      started.push(child);
    }
  }
}

/** Adds violations to the report of the deep run. */
export function recordViolations(violations: readonly Violation[]): void {
  for (const { invariant, message } of violations) record({ fact: 'violation', invariant, found: message });
}

/** Adds the number of runs and the faults of their calls to the report of the deep run. */
export function recordHouse(runs: number, { calls }: SandboxEvidence): void {
  record({ fact: 'runs', count: runs });
  for (const [kind, count] of countBy(calls, ({ fault }) => fault)) record({ fact: 'fault', kind, count });
}

/** Throws an error with all violations that the checker finds. */
export async function judge(
  sandbox: SandboxEvidence,
  started: readonly RunHandle[],
  answers: readonly CallerAnswer[],
  workers: readonly WorkerExit[] = [],
  expectations: Expectations = {},
): Promise<void> {
  const runs = await Promise.all(started.map(evidenceOfRun));
  const violations = check(
    { sandbox, runs, answers, workers },
    // There is no sweep while a clock skips days, so a hold may be found expired long after its expiry.
    { sweepSeconds: Infinity, ...expectations },
  );
  recordViolations(violations);
  if (violations.length > 0) throw new Error(report(violations));
}
