import type { CancelAnswer, ResolveAnswer, ResolveRequest, RunState, RunStatus } from '@longhaul/contracts';
import { CancellationScope, CancelledFailure, isCancellation, log, metricMeter, workflowInfo } from '@temporalio/workflow';
import { checkMemo } from '@longhaul/contracts/workflow';
import { ParkingPlace } from './attention.ts';
import { faultOf, isTemporalFailure, type Fault } from './fault.ts';

/** A step that an operator settled by hand instead of letting it run again. */
export type SettledByHand = { readonly step: string; readonly by: string; readonly note: string };

/** How the part of a story that can still be taken back came to its end without an answer of its own. */
export interface Interrupted<Ending> {
  cancelled(reason: string): Ending;
  failed(fault: Fault): Ending;
}

/** One execution of a story: what it did, what it waits for, and whether it may go on. */
export class Run {
  readonly workflowId = workflowInfo().workflowId;
  readonly correlationId: string;
  readonly fastPath: boolean;
  readonly settledByHand: SettledByHand[] = [];
  readonly #stepsDone: string[] = [];
  readonly #parking: ParkingPlace;
  #state: RunState = 'working';
  #waitingFor: { step: string; until: string | null } | null = null;
  #cancelReason: string | undefined;
  #decided: string | undefined;
  #outcome: unknown = null;
  #scope: CancellationScope | undefined;

  /** `owner`: the people who are asked when the run needs a person. */
  constructor(owner: string) {
    const memo = checkMemo(workflowInfo().memo ?? {});
    // A run that was started without our client has no memo; its own id then ties its traces together.
    this.correlationId = memo.ok ? memo.value.correlationId : this.workflowId;
    this.fastPath = memo.ok ? memo.value.fastPath : true;
    this.#parking = new ParkingPlace(owner, { correlationId: this.correlationId });
  }

  status(): RunStatus {
    return {
      state: this.#parking.attention ? 'parked' : this.#state,
      stepsDone: [...this.#stepsDone],
      waitingFor: this.#waitingFor,
      cancelRequested: this.#cancelReason !== undefined,
      attention: this.#parking.attention,
      outcome: this.#outcome,
    };
  }

  /** A caller asks the run to stop. The answer is the outcome: once accepted, the run ends cancelled. */
  requestCancel(reason: string, whatToDoInstead: string): CancelAnswer {
    if (this.#decided !== undefined) {
      return { answer: 'too-late', detail: `It has already ended as ${this.#decided}. ${whatToDoInstead}` };
    }
    this.#cancelReason ??= reason;
    this.#scope?.cancel();
    return { answer: 'accepted' };
  }

  /** An operator's word on what the run is parked for. */
  resolve(request: ResolveRequest): ResolveAnswer {
    return this.#parking.resolve(request)
      ? {
          resolved: true,
          detail: request.action === 'retry' ? 'The step is tried again' : 'The step counts as settled',
        }
      : { resolved: false, detail: 'The run is not waiting for anybody' };
  }

  /**
   * The part of a story that a cancel may still stop. It ends in one of three ways: with its own answer, cancelled, or
   * with a step's fault. From that moment on the run is decided, and a cancel is told so.
   */
  async untilDecided<Ending extends { readonly status: string }>(
    body: () => Promise<Ending>,
    interrupted: Interrupted<Ending>,
  ): Promise<Ending> {
    const ending = await this.#endingOf(body, interrupted);
    this.#decided = ending.status;
    this.#outcome = ending;
    return ending;
  }

  async #endingOf<Ending>(body: () => Promise<Ending>, interrupted: Interrupted<Ending>): Promise<Ending> {
    const scope = new CancellationScope();
    this.#scope = scope;
    // Temporal's own cancellation takes the same road as the message.
    const cancelledInTemporal = (): void => void (this.#cancelReason ??= 'cancelled in Temporal');
    scope.cancelRequested.catch(cancelledInTemporal);
    try {
      // A cancel signal may have been waiting when the run began.
      if (this.#cancelReason === undefined) {
        const ending = await scope.run(body);
        if (this.#cancelReason === undefined) return ending;
      }
    } catch (error) {
      if (!isTemporalFailure(error)) throw error;
      if (isCancellation(error)) cancelledInTemporal();
      if (this.#cancelReason === undefined) {
        const fault = faultOf(error);
        if (!fault) throw error;
        log.warn(`Failed at ${fault.step} [code: ${fault.code}]`, { correlationId: this.correlationId, ...fault });
        return interrupted.failed(fault);
      }
    }
    return interrupted.cancelled(this.#cancelReason!);
  }

  /** Work that has to be done whatever the caller or Temporal cancels from here on. */
  toTheEnd<T>(state: RunState, work: () => Promise<T>): Promise<T> {
    this.#state = state;
    return CancellationScope.nonCancellable(work);
  }

  /** Does a step, and does it again for as long as an operator says so. `undefined` when it was settled by hand. */
  async orPark<T>(step: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      try {
        return await step();
      } catch (error) {
        const fault = faultOf(error);
        if (!fault) throw error;
        const resolution = await this.#parking.park(fault);
        if (resolution.action === 'settled') {
          this.settledByHand.push({ step: fault.step, by: resolution.by, note: resolution.note });
          return undefined;
        }
      }
    }
  }

  /** A step that may not change the outcome, and whose end is part of the record all the same. */
  async orGiveUp<const Done, const GivenUp>(
    step: () => Promise<unknown>,
    done: Done,
    givenUp: GivenUp,
  ): Promise<Done | GivenUp> {
    try {
      await step();
      return done;
    } catch (error) {
      const fault = faultOf(error);
      if (!fault) throw error;
      metricMeter.createCounter('longhaul_given_up').add(1, { step: fault.step, code: fault.code });
      log.error(`Gave up ${fault.step} [code: ${fault.code}]`, { correlationId: this.correlationId, ...fault });
      return givenUp;
    }
  }

  /** Called for each step, by `stepsOf`. A step that a cancel overtook ends cancelled even if its effect came about. */
  async step<T>(name: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
    this.#waitingFor = { step: name, until: new Date(Date.now() + patienceMs).toISOString() };
    try {
      const result = await work();
      this.#stepsDone.push(name);
      if (this.#decided === undefined && this.#cancelReason !== undefined)
        throw new CancelledFailure(this.#cancelReason);
      return result;
    } finally {
      this.#waitingFor = null;
    }
  }

  finish(outcome: unknown): void {
    this.#state = 'finished';
    this.#outcome = outcome;
  }
}
