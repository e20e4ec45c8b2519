export { implement, type StoryOptions } from './implement.ts';
export type { Run, SettledByHand } from './run.ts';
export { stepsOf, type StepPolicies, type StepPolicy, type Steps } from './steps.ts';
export { Undos } from './undos.ts';
export type { Fault } from './fault.ts';
