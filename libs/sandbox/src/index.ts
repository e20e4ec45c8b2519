export { startSandbox } from './start.ts';
export type { Sandbox, SandboxOptions } from './options.ts';
export type { DatabasePlace } from './database/database.ts';
export type * from './evidence.ts';
export { faultFor, faultKinds, type FaultKind, type FaultPlan, type FaultPlanInput } from './faults/fault-plan.ts';
export type { CallNotice } from './http/house.ts';
export type * from './payment-effects.ts';
export { typedFailures, type TypedFailure } from './typed-failures.ts';
