export { attemptOrFind, findSettled } from './attempt-or-find.ts';
export { settledByHand } from './endings.ts';
export { stepFailure, type Fault } from './fault.ts';
export type { Hear } from './hear.ts';
export { implement, type StoryOptions } from './implement.ts';
export type { Run } from './run.ts';
export { startOther } from './start-other.ts';
export { stepsOf, type StepPolicies, type StepPolicy, type Steps } from './steps.ts';
export { Undos } from './undos.ts';
