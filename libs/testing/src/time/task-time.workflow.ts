import { defaultPayloadConverter, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Under which a local attempt is told what time it is for its run. The server tells a regular activity by itself. */
const header = 'longhaul-task-time';

/** Bundled into the workflows of specs. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleLocalActivity: (input, next) =>
        next({ ...input, headers: { ...input.headers, [header]: defaultPayloadConverter.toPayload(Date.now()) } }),
    },
  ],
});
