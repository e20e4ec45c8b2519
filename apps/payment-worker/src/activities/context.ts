import type { StepCall } from '@longhaul/contracts';
import type { CallContext } from '@longhaul/service-clients';

/** Key, correlation id, trace and cancellation of a step, for its service call. */
export type ContextOf = (call: StepCall) => CallContext;
