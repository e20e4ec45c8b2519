export { startSandbox } from './start.ts';
export type { Sandbox, SandboxOptions } from './options.ts';
export type { DatabasePlace } from './database/queries.ts';
export { faultFor, faultKinds, type FaultKind, type FaultPlan, type FaultPlanInput } from './faults/fault-plan.ts';
export type { CallNotice } from './http/calls.ts';
export { typedFailures } from './services/folds.ts';
export type { TypedFailure } from './typed-failures.ts';
