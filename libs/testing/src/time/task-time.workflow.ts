import { defaultPayloadConverter, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** The header with the time of the run for local attempts. Regular activities get it from the server. */
const header = 'longhaul-task-time';

/** Part of the workflow bundles of specs. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleLocalActivity: (input, next) =>
        next({ ...input, headers: { ...input.headers, [header]: defaultPayloadConverter.toPayload(Date.now()) } }),
    },
  ],
});
