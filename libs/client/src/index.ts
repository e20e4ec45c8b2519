export { payloadLimitBytes } from './accept.ts';
export type { RunDescription } from './describe.ts';
export { inputDigest, ownerDigest } from './digest.ts';
export { connectionFromEnvironment, type TemporalSettings } from './environment.ts';
export * from './errors.ts';
export type { ResultOptions, RunHandle, UpdateOptions } from './handle.ts';
export { connect, type ConnectOptions, type JoinedRun, type Longhaul, type StartedRun } from './longhaul.ts';
export type { StartOptions } from './start.ts';
export type { ConnectionSettings } from './temporal.ts';
