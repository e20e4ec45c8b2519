export * from './environment.ts';
export { healthVariables } from './health-environment.ts';
export { serveHealth } from './health.ts';
export { createLog } from './log.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { runProcess, toldToStop, type Program, type Running } from './run-process.ts';
export { listenOn, StartUpError } from './start-up-error.ts';
