import type { StepCall } from '@longhaul/contracts';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { failureOf } from './faults.ts';

/** Converts errors of activities to Temporal failures, and adds the correlation id to their log lines. */
export const stepInterceptors: ActivityInterceptorsFactory = (context) => {
  let correlationId: string | undefined;
  return {
    inbound: {
      async execute(input, next) {
        correlationId = (input.args[0] as Partial<StepCall> | undefined)?.correlationId;
        try {
          return await next(input);
        } catch (error) {
          throw failureOf(error, context.cancellationSignal.aborted);
        }
      },
    },
    outbound: {
      getLogAttributes: (input, next) => ({ ...next(input), ...(correlationId !== undefined && { correlationId }) }),
    },
  };
};
