export { isParked, statusOf, until } from './waiting.ts';
export {
  bundleOf,
  House,
  runModes,
  type RunMode,
  type StartOptions,
  type Surroundings,
  type WorkerUnderTest,
} from './house.ts';
export { evidenceOfRun, judge, type RunHandle } from './judge.ts';
