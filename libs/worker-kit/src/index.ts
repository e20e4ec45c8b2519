export { callContext } from './call-context.ts';
export { failureOf } from './faults.ts';
export { stepInterceptors } from './interceptors.ts';
export { runWorker, type Kit, type WorkerApp } from './run-worker.ts';
export { workerVariables, type WorkerEnvironment } from './worker-environment.ts';
