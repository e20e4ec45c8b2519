export { isParked, outcomeWithoutSkipping, statusOf, until } from './waiting.ts';
export { bundleOf, House, runModes, type RunMode, type Surroundings, type WorkerUnderTest } from './house.ts';
export { houseFor } from './house-for.ts';
export { evidenceOfRun, judge, type RunHandle } from './judge.ts';
export { faultMatrix, type MatrixOptions } from './matrix/fault-matrix.ts';
export type { Scenario, Stage, WhenRefused } from './matrix/scenario.ts';
export { killMatrix, type KillMatrixOptions } from './matrix/kill-matrix.ts';
export { replaySpec, type ReplaySpecOptions } from './histories/replay-spec.ts';
export type { StartOptions } from './start-run.ts';
