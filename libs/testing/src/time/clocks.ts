import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { SpecEnvironment } from './environment.ts';
import { passTime, skipTime, timeOf } from './move-clock.ts';
import { RunTimes, type TimedCall } from './run-times.ts';
import type { RunTime } from './start-clock.ts';

interface OneRun {
  readonly workflowId: string;
}

/** The clocks of one house: one for each run, and one for everything else. */
export class Clocks {
  readonly runTimes = new RunTimes();
  readonly #environment: SpecEnvironment;
  readonly #client: Client;
  readonly #skipping = new Set<string>();
  #laterMs = 0;

  constructor(environment: SpecEnvironment) {
    this.#environment = environment;
    this.#client = environment.client;
  }

  /** The time outside of runs, in milliseconds since 1970. */
  nowMs(): number {
    return Date.now() + this.#laterMs;
  }

  later(ms: number): void {
    this.#laterMs += ms;
    this.#environment.later(ms);
  }

  /** The time in the run that makes the call, or the time outside of runs. */
  timeOfCall(call: TimedCall | undefined): number {
    return (call && this.runTimes.of(call)) ?? this.nowMs();
  }

  startIn<T>(time: RunTime, workflowId: string, start: () => Promise<T>): Promise<T> {
    if (time === 'skips') this.#skipping.add(workflowId);
    return this.#environment.startIn(time, start);
  }

  pass({ workflowId }: OneRun, ms: number): Promise<void> {
    return passTime(this.#client, workflowId, ms);
  }

  skip({ workflowId }: OneRun): Promise<void> {
    this.#skipping.add(workflowId);
    return skipTime(this.#client, workflowId);
  }

  timeOf({ workflowId }: OneRun): Promise<number> {
    return timeOf(this.#client, workflowId);
  }

  /**
   * Stops the clock of a run until the service has done a delayed call. The run has given the call up, but it must take effect
   * while the run still waits.
   */
  async standStill({ key }: TimedCall): Promise<() => Promise<void>> {
    const workflowId = key?.split('/')[0] ?? '';
    if (!this.#skipping.has(workflowId)) return () => Promise.resolve();
    await skipTime(this.#client, workflowId, false);
    return () => skipTime(this.#client, workflowId).catch(unlessEnded);
  }
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError || /already completed|not found/i.test(String(error)))) throw error;
}
