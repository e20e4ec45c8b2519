export { check } from './check.ts';
export type {
  AttentionTrace,
  CallerAnswer,
  Evidence,
  RunEvidence,
  RunStatusName,
  StepTrace,
  UpdateTrace,
  WorkerExit,
} from './evidence.ts';
export type { Expectations, RefundRule, WorkflowWords } from './expectations.ts';
export { invariants, notJudged } from './invariants.ts';
export { report } from './report.ts';
export type { Invariant, NotJudged, Violation } from './rule.ts';
export { runEvidence, type RunDescription } from './run-evidence.ts';
