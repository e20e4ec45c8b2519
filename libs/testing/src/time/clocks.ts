import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { SpecEnvironment } from './environment.ts';
import { passTime, skipTime, timeOf } from './move-clock.ts';
import { RunTimes, type TimedCall } from './run-times.ts';
import type { RunTime } from './start-clock.ts';

interface OneRun {
  readonly workflowId: string;
}

/** The clocks of one house: that of each run, and the one of everything outside of them. */
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

  /** What time it is outside of all runs, in milliseconds since 1970. */
  nowMs(): number {
    return Date.now() + this.#laterMs;
  }

  later(ms: number): void {
    this.#laterMs += ms;
    this.#environment.later(ms);
  }

  /** What time it is for a call's run, or outside of all when no run makes it. */
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
   * A call that its run has given up, and that comes about later, has to come about while the run still waits: its time
   * stands until the service is done.
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
