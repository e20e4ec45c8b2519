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

/** What has ended does not change: a house with many runs, judged after each spec, reads each of them once. */
const ended = new WeakMap<RunHandle, RunEvidence>();

/** A run as the checker sees it, from what Temporal keeps of it. */
export async function evidenceOfRun(run: RunHandle): Promise<RunEvidence> {
  const known = ended.get(run);
  if (known) return known;
  const [{ runId }, history] = await Promise.all([run.describe(), run.fetchHistory()]);
  const evidence = runEvidence(JSON.parse(JSON.stringify(history)), { workflowId: run.workflowId, runId });
  if (evidence.status !== 'running') ended.set(run, evidence);
  return evidence;
}

/**
 * Adds the runs that the started ones started, and theirs, once each has come to rest: they outlive whoever started them.
 * `rest` resolves when a run has ended or waits for a person.
 */
export async function adoptChildren<Run extends RunHandle>(
  started: Run[],
  handleOf: (workflowId: string) => Run,
  rest: (run: Run) => Promise<void>,
): Promise<void> {
  const known = new Set(started.map(({ workflowId }) => workflowId));
  // The list grows while it is walked through.
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

/** Tells the deep run's report what was found wrong. */
export function recordViolations(violations: readonly Violation[]): void {
  for (const { invariant, message } of violations) record({ fact: 'violation', invariant, found: message });
}

/** Tells the deep run's report how many runs there were, and which faults their calls met. */
export function recordHouse(runs: number, { calls }: SandboxEvidence): void {
  record({ fact: 'runs', count: runs });
  for (const [kind, count] of countBy(calls, ({ fault }) => fault)) record({ fact: 'fault', kind, count });
}

/** Throws with everything that the checker finds wrong. */
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
    // Nobody sweeps while a clock skips days: a hold may be found lapsed long after its time.
    { sweepSeconds: Infinity, ...expectations },
  );
  recordViolations(violations);
  if (violations.length > 0) throw new Error(report(violations));
}
