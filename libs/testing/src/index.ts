export { bundleOf, House, runModes, type RunMode, type StartOptions, type Surroundings, type WorkerUnderTest } from './house.ts';
