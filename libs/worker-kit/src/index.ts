export { callContext } from './call-context.ts';
export { failureOf } from './faults.ts';
export { stepInterceptors } from './interceptors.ts';
export { runWorker } from './run-worker.ts';
export type { Kit, WorkerApp } from './worker-app.ts';
export { workerVariables, type WorkerEnvironment } from './worker-environment.ts';
