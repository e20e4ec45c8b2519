import {
  NoWorkerAnswer,
  RunFinished,
  StillRunning,
  Unavailable,
  WorkflowFailed,
  type RunDescription,
} from '@longhaul/client';
import { RunReport, type RunStatus, type WorkflowContract } from '@longhaul/contracts';
import { operationsScope, visibleRun, whenAsked } from '../access/run-access.ts';
import type { LonghaulClient, Route } from './route.ts';

/** A running worker answers within milliseconds; without one, the status is what Temporal knows. */
const workerWaitMs = 1_000;

/** Never blocks, whatever the run does, and also without a worker. */
export function statusRoute(contract: WorkflowContract): Route {
  return {
    method: 'GET',
    path: `${contract.http.runs}/:workflowId/status`,
    contract,
    operation: `${contract.type}Status`,
    summary: 'How the run stands, at once',
    answers: { 200: { description: 'What is known of the run', schema: RunReport } },
    problems: ['not-found', 'temporal-unavailable', 'temporal-refused', ...whenAsked(contract)],

    async handle({ longhaul }, { caller, params }) {
      const run = await visibleRun(longhaul, contract, caller, params.workflowId!);
      const report = await reportOn(longhaul, contract, run);
      // Only operators see the fault of a parked run.
      if (report.attention && !caller.scopes.has(operationsScope)) {
        return { ...report, attention: { ...report.attention, message: 'The operators have been notified.' } };
      }
      return report;
    },
  };
}

async function reportOn(longhaul: LonghaulClient, contract: WorkflowContract, run: RunDescription): Promise<RunReport> {
  const { workflowId, runId, startedAt, endedAt = null } = run;
  const about = { workflowId, runId, startedAt, endedAt, failure: null };
  const handle = longhaul.handle(contract, workflowId);
  if (!run.ended) {
    try {
      return { ...about, ...(await handle.status({ waitMs: workerWaitMs })) };
    } catch (error) {
      // The run ended between the two calls.
      if (error instanceof RunFinished) return reportOn(longhaul, contract, await handle.describe());
      if (!(error instanceof NoWorkerAnswer || error instanceof Unavailable)) throw error;
      return { ...about, ...nothingKnown, state: run.attention === undefined ? 'unknown' : 'parked' };
    }
  }
  try {
    const outcome = await handle.result({ waitMs: workerWaitMs });
    return { ...about, ...nothingKnown, state: 'finished', outcome };
  } catch (error) {
    // The run has ended, but a busy server did not return its outcome in time.
    if (error instanceof StillRunning) return { ...about, ...nothingKnown, state: 'unknown' };
    if (!(error instanceof WorkflowFailed)) throw error;
    return { ...about, ...nothingKnown, state: 'failed', failure: error.code };
  }
}

const nothingKnown: Omit<RunStatus, 'state'> = {
  stepsDone: [],
  waitingFor: null,
  cancelRequested: false,
  attention: null,
  outcome: null,
};
