import { defaultPayloadConverter } from '@temporalio/common';
import type { StepCall } from '@longhaul/contracts';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** The headers of a call by which its run is found. */
export interface TimedCall {
  readonly key: string | null;
  readonly correlationId: string | null;
}

const taskTime = 'longhaul-task-time';

/**
 * The time in the run that makes a call, for services whose rules depend on time, because each run has its own clock. The run
 * is found by the key of the call or, without a key, by its correlation id.
 */
export class RunTimes {
  readonly #byKey = new Map<string, number>();
  readonly #byCaller = new Map<string, number>();

  /** Milliseconds since 1970; undefined for a call outside of runs. */
  of({ key, correlationId }: TimedCall): number | undefined {
    return this.#byKey.get(key ?? '') ?? this.#byCaller.get(correlationId ?? '');
  }

  readonly interceptor: ActivityInterceptorsFactory = ({ info }) => ({
    inbound: {
      execute: (input, next) => {
        const [call] = input.args as readonly Partial<StepCall>[];
        const told = input.headers[taskTime];
        const timeMs = told
          ? defaultPayloadConverter.fromPayload<number>(told)
          : info.currentAttemptScheduledTimestampMs;
        if (call?.key !== undefined) this.#byKey.set(call.key, timeMs);
        if (call?.correlationId !== undefined) this.#byCaller.set(call.correlationId, timeMs);
        return next(input);
      },
    },
  });
}
