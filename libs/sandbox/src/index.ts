export { startSandbox, type Sandbox, type SandboxOptions } from './start.ts';
export type { DatabasePlace } from './database/database.ts';
export type * from './evidence.ts';
export { faultFor, faultKinds, type FaultKind, type FaultPlan, type FaultPlanInput } from './faults/fault-plan.ts';
export type { CallNotice } from './http/pipeline.ts';
export { typedFailures, type TypedFailure } from './typed-failures.ts';
