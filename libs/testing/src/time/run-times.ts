import { defaultPayloadConverter } from '@temporalio/common';
import type { StepCall } from '@longhaul/contracts';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** A call as its service sees it. */
export interface TimedCall {
  readonly key: string | null;
  readonly correlationId: string | null;
}

const taskTime = 'longhaul-task-time';

/**
 * What time it is for the run that makes a call, for services whose rules depend on it: each run has a clock of its own. A
 * call is known by its key, and one without a key by the caller whose runs it belongs to.
 */
export class RunTimes {
  readonly #byKey = new Map<string, number>();
  readonly #byCaller = new Map<string, number>();

  /** Milliseconds since 1970; undefined for a call that no run makes. */
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
