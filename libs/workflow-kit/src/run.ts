import type { CancelAnswer, ResolveAnswer, ResolveRequest, RunMemo, RunState, RunStatus } from '@longhaul/contracts';
import { CancellationScope, CancelledFailure, isCancellation, workflowInfo } from '@temporalio/workflow';
import { readMemo } from '@longhaul/contracts/workflow';
import { ParkingPlace, type DueFault, type Ends } from './attention.ts';
import type { Interrupted, SettledByHand } from './endings.ts';
import { isTemporalFailure, type Fault } from './fault.ts';
import { isReset } from './is-reset.ts';
import { faultIn, tellGivenUp } from './tell-fault.ts';

const cancelledInTemporal = 'cancelled in Temporal';

/** One execution of a story: what it did, what it waits for, and whether it may go on. */
export class Run {
  readonly workflowId = workflowInfo().workflowId;
  /** Tells the effects of this run from those of an earlier one with the same id. A reset does not change it. */
  readonly madeBy = workflowInfo().firstExecutionRunId;
  /** Somebody made this run begin again in the middle of its history: it may have been further than it knows. */
  readonly wasReset = isReset(workflowInfo());
  readonly correlationId: string;
  readonly fastPath: boolean;
  readonly settledByHand: SettledByHand[] = [];
  readonly #stepsBegun = new Set<string>();
  readonly #stepsDone: string[] = [];
  readonly #parking: ParkingPlace;
  readonly #waits: RunMemo['waits'];
  #state: RunState = 'working';
  #waitingFor: { step: string; untilMs: number } | null = null;
  #cancelReason: string | undefined;
  #decided: string | undefined;
  #outcome: unknown = null;
  #scope: CancellationScope | undefined;

  /** `owner`: the people who are asked when the run needs a person. */
  constructor(owner: string) {
    const { correlationId, fastPath, waits } = readMemo(workflowInfo().memo ?? {});
    // A run that was started without our client has no memo; its own id then ties its traces together.
    this.correlationId = correlationId ?? this.workflowId;
    this.fastPath = fastPath ?? true;
    this.#waits = waits;
    this.#parking = new ParkingPlace(owner, { correlationId: this.correlationId });
  }

  /** How long an attempt may take in this run, where its step allows so much. */
  attemptMs(stepAllowsMs: number): number {
    return Math.min(stepAllowsMs, this.#waits?.attemptMs ?? stepAllowsMs);
  }

  /** How long this run looks for an effect that was given up, where the story would look so long. */
  settleMs(storyLooksMs: number): number {
    return Math.min(storyLooksMs, this.#waits?.settleMs ?? storyLooksMs);
  }

  status(): RunStatus {
    return {
      state: this.#parking.attention ? 'parked' : this.#state,
      stepsDone: [...this.#stepsDone],
      waitingFor: this.#waitingFor && {
        step: this.#waitingFor.step,
        until: new Date(this.#waitingFor.untilMs).toISOString(),
      },
      cancelRequested: this.#wishToStop !== undefined,
      attention: this.#parking.attention,
      outcome: this.#outcome,
    };
  }

  /** What a cancel is told that comes too late. Undefined: it does not. */
  tooLate(whatToDoInstead: string): Extract<CancelAnswer, { answer: 'too-late' }> | undefined {
    if (this.#decided === undefined) return undefined;
    return { answer: 'too-late', detail: `It is already decided: ${this.#decided}. ${whatToDoInstead}` };
  }

  /** A caller asks the run to stop. The answer is the outcome: once accepted, the run ends cancelled. */
  requestCancel(reason: string, whatToDoInstead: string): CancelAnswer {
    const tooLate = this.tooLate(whatToDoInstead);
    if (tooLate) return tooLate;
    this.#cancelReason ??= reason;
    this.#scope?.cancel();
    return { answer: 'accepted' };
  }

  /** What an earlier run decided stays so, and a cancel is told that it comes too late. Undefined: it had not decided. */
  alreadyDecided(status: string | undefined): void {
    this.#decided = status;
  }

  get #mayStop(): boolean {
    return this.#decided === undefined;
  }

  /** Why the run is to stop. Temporal's own cancellation takes the same road as the message. */
  get #wishToStop(): string | undefined {
    return this.#cancelReason ?? (this.#scope?.consideredCancelled ? cancelledInTemporal : undefined);
  }

  /** What an operator is told whom nobody waits for. Undefined: the run is parked. */
  nobodyWaits(): ResolveAnswer | undefined {
    return this.#parking.waits ? undefined : { resolved: false, detail: 'The run is not waiting for anybody' };
  }

  /** An operator's word on what the run is parked for. */
  resolve(request: ResolveRequest): ResolveAnswer {
    const nobody = this.nobodyWaits();
    if (nobody) return nobody;
    this.#parking.resolve(request);
    return {
      resolved: true,
      detail: request.action === 'retry' ? 'The step is tried again' : 'The step counts as settled',
    };
  }

  /**
   * The part of a story that a cancel may still stop. It ends in one of three ways: with its own answer, cancelled, or
   * with a step's fault. From that moment on the run is decided, and a cancel is told so.
   */
  untilDecided<Ending extends { readonly status: string }>(body: () => Promise<Ending>): Promise<Ending | Interrupted> {
    const decide = (ending: Ending | Interrupted): Ending | Interrupted => {
      this.#decided = ending.status;
      this.#outcome = ending;
      return ending;
    };
    const cancelled = (reason: string): Interrupted => ({ status: 'cancelled', reason });
    const orCancelled = (otherwise: () => Ending | Interrupted): Ending | Interrupted =>
      decide(this.#wishToStop === undefined ? otherwise() : cancelled(this.#wishToStop));
    // A cancel signal may have been waiting when the run began.
    if (this.#cancelReason !== undefined) return Promise.resolve(decide(cancelled(this.#cancelReason)));
    this.#scope = new CancellationScope();
    return this.#scope.run(body).then(
      (ending) => orCancelled(() => ending),
      (error: unknown) => {
        if (!isTemporalFailure(error)) throw error;
        if (isCancellation(error)) this.#cancelReason ??= cancelledInTemporal;
        return orCancelled(() => {
          const { step, code } = this.#faultIn(error);
          return { status: 'failed', step, code };
        });
      },
    );
  }

  #faultIn(error: unknown): Fault {
    return faultIn(error, this.correlationId);
  }

  /** Work that has to be done whatever the caller or Temporal cancels from here on. */
  toTheEnd<T>(state: RunState, work: () => Promise<T>): Promise<T> {
    this.#state = state;
    return CancellationScope.nonCancellable(work);
  }

  /** Does a step, and does it again for as long as an operator says so. `undefined` when it was settled by hand. */
  orPark<T>(step: () => Promise<T>): Promise<T | undefined> {
    return step().catch(async (error: unknown) => {
      // Whoever wishes to stop needs nobody's word on what to do next.
      if (this.#mayStop && this.#wishToStop !== undefined) throw error;
      return (await this.askPerson(this.#faultIn(error))) === 'retry' ? this.orPark(step) : undefined;
    });
  }

  /** What only a person can judge. `settled`: they did what was to be done, and it stands in `settledByHand`. */
  async askPerson(fault: Fault): Promise<'retry' | 'settled'> {
    return (await this.askPersonUnless(fault, {}))!;
  }

  /** As `askPerson`, for what may end by itself. Undefined: it is over, or nobody has spoken in time. */
  async askPersonUnless(fault: DueFault, ends: Ends): Promise<'retry' | 'settled' | undefined> {
    const resolution = await this.#parking.park(fault, ends);
    if (resolution?.action === 'settled') {
      this.settledByHand.push({ step: fault.step, by: resolution.by, note: resolution.note });
    }
    return resolution?.action;
  }

  /**
   * A step that may not change the outcome, and whose end is part of the record all the same. Not even Temporal's own
   * cancellation stops it: it is then taken again, with the same key, where nothing can be cancelled. `outdated`: nobody
   * wants it any more, so that its end is no fault.
   */
  orGiveUp<const Done, const GivenUp>(
    step: () => Promise<unknown>,
    done: Done,
    givenUp: GivenUp,
    outdated = () => false,
  ): Promise<Done | GivenUp> {
    this.#state = 'telling';
    return step().then(
      () => done,
      (error: unknown) => {
        if (outdated()) return givenUp;
        if (isCancellation(error))
          return CancellationScope.nonCancellable(() => this.orGiveUp(step, done, givenUp, outdated));
        tellGivenUp(this.#faultIn(error), this.correlationId);
        return givenUp;
      },
    );
  }

  /** A step that the story does not wait for, and goes on without. Cancelled with its scope, it is no fault. */
  aside(step: () => Promise<unknown>): Promise<void> {
    return step().then(
      () => undefined,
      (error: unknown) => {
        if (!isCancellation(error)) tellGivenUp(this.#faultIn(error), this.correlationId);
      },
    );
  }

  /**
   * Called for each step, by `stepsOf`. A step that a cancel overtook ends cancelled even if it took effect. With
   * `instead`, a failed attempt is not the end of the step. Written without `await`, and with one `then`, like all that
   * every step goes through: each promise in a workflow costs some 50 to 75 µs of CPU.
   */
  step<T>(
    name: string,
    patienceMs: number,
    attempt: () => Promise<T>,
    instead?: (failure: unknown) => Promise<T>,
  ): Promise<T> {
    this.#stepsBegun.add(name);
    this.#waitingFor = { step: name, untilMs: Date.now() + patienceMs };
    const done = (result: T): T => {
      this.#waitingFor = null;
      this.#stepsDone.push(name);
      if (this.#mayStop && this.#wishToStop !== undefined) throw new CancelledFailure(this.#wishToStop);
      return result;
    };
    const failed = (error: unknown): never => {
      this.#waitingFor = null;
      throw error;
    };
    return attempt().then(done, instead ? (error: unknown) => instead(error).then(done, failed) : failed);
  }

  /** Whether a step was begun, as far as the history tells. */
  hasBegun(step: string): boolean {
    return this.#stepsBegun.has(step);
  }

  finish(outcome: unknown): void {
    this.#state = 'finished';
    this.#outcome = outcome;
  }
}
