export { check } from './check.ts';
export type * from './domains/effects.ts';
export { chainHash } from './domains/payment/facts/chain.ts';
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
export { runEvidence, type RunDescription } from './history/run-evidence.ts';
export {
  services,
  type CallEntry,
  type Effect,
  type JournalEntry,
  type Mail,
  type SandboxEvidence,
  type Service,
} from './sandbox-evidence.ts';
export type { Money } from './values.ts';
