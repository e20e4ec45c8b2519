import type { ApprovalInput, ApprovalOutcome } from '@longhaul/contracts';
import { Approval } from '@longhaul/contracts/workflow';
import { settledByHand, type Run, type Steps } from '@longhaul/workflow-kit';
import { CancellationScope, condition, workflowInfo } from '@temporalio/workflow';
import type { ApprovalActivities, AuditEntry, PlannedRung } from '../activities.ts';
import type { Happened } from './approval.rules.ts';
import { decidedBefore, endingEntry } from './audit-trail.rules.ts';
import { system, type StageVotes } from './stage.rules.ts';

type Ended = Exclude<ApprovalOutcome, { status: 'settled-by-hand' }>;
type Template = 'approval-asked' | 'approval-reminder';

/** Puts on record what happens to a request, in order and each once, and tells the people who are asked. */
export class AuditTrail {
  readonly #run: Run;
  readonly #steps: Steps<ApprovalActivities>;
  readonly #input: ApprovalInput;
  readonly #recordId: string;
  readonly #tellings = new CancellationScope({ cancellable: true });
  readonly #waiting: AuditEntry[] = [];
  #entries = 0;
  #notices = 0;

  constructor(run: Run, steps: Steps<ApprovalActivities>, input: ApprovalInput) {
    this.#run = run;
    this.#steps = steps;
    this.#input = input;
    this.#recordId = Approval.idOf(input);
  }

  /** The request is on record under the name of this run. Otherwise the outcome is that of the run that was there before. */
  async begin(): Promise<'begun' | ApprovalOutcome> {
    const at = workflowInfo().startTime.toISOString();
    const { initiator: actor, title } = this.#input;
    const opened = await this.#write({ kind: 'requested', actor, stage: null, about: null, reason: title, at });
    if (!opened) return settledByHand(this.#run);
    void this.#writeOn();
    if (opened.status === 'recorded') return 'begun';
    const found = await this.#read();
    const failed: Ended = { status: 'failed', step: 'recordEntry', code: 'made-before', decisions: [] };
    return decidedBefore(found) ?? (found?.madeBy === this.#run.madeBy ? 'begun' : failed);
  }

  /** A message changed the request. */
  readonly happened = (happened: Happened): void => {
    const at = new Date().toISOString();
    if (happened.kind === 'decided') {
      const { by: actor, vote: kind, stage, insteadOf: about, reason } = happened.decision;
      return this.#append({ kind, actor, stage, about, reason, at: happened.decision.at });
    }
    const { kind, by: actor, reason } = happened;
    const about = kind === 'delegated' ? happened.to : null;
    this.#append({ kind, actor, stage: null, about, reason, at });
    if (kind === 'delegated') this.#tell([happened.to], 'approval-asked');
  };

  stageBegan({ name: stage, waitsFor }: StageVotes, at: string): void {
    this.#append({ kind: 'stage-began', actor: system, stage, about: waitsFor.join(' '), reason: null, at });
    this.#tell(waitsFor, 'approval-asked');
  }

  /** What the ladder decided is recorded as a decision. */
  climbed({ name: stage, waitsFor }: StageVotes, { does, at }: PlannedRung, newcomers: readonly string[]): void {
    if (does === 'approve' || does === 'reject') return;
    const kind = does === 'remind' ? 'reminded' : 'escalated';
    this.#append({ kind, actor: system, stage, about: waitsFor.join(' '), reason: does, at });
    if (does === 'remind') this.#tell(waitsFor, 'approval-reminder');
    else this.#tell(newcomers, 'approval-asked');
  }

  /** Everything up to now is on record. */
  async written(): Promise<void> {
    await condition(() => this.#waiting.length === 0);
  }

  /** The outcome, once it is on record. After a reset it may have been decided otherwise before, and that stays. */
  async end(outcome: Ended): Promise<ApprovalOutcome> {
    await this.written();
    // Nobody needs to be asked any more.
    this.#tellings.cancel();
    const written = await this.#write(endingEntry(outcome, new Date().toISOString()));
    if (!written) return settledByHand(this.#run);
    return written.status === 'recorded' ? outcome : (decidedBefore(await this.#read()) ?? outcome);
  }

  #append(entry: AuditEntry): void {
    this.#waiting.push(entry);
  }

  /**
   * Writes what waits, in order. Only this loop does, never the handler of a message: a handler that found the record idle would
   * write before its answer is given, and in a replay it may find it busy.
   */
  async #writeOn(): Promise<never> {
    for (;;) {
      await condition(() => this.#waiting.length > 0);
      await this.#write(this.#waiting[0]!);
      this.#waiting.shift();
    }
  }

  #write(entry: AuditEntry) {
    const { madeBy } = this.#run;
    const sequence = (this.#entries += 1);
    const request = { recordId: this.#recordId, madeBy, sequence, entry };
    return this.#run.orPark(() => this.#steps.recordEntry(request, { sequence }));
  }

  #read() {
    return this.#run.orPark(() => this.#steps.readRecord({ recordId: this.#recordId }));
  }

  #tell(people: readonly string[], template: Template): void {
    const { title, priority } = this.#input;
    for (const user of people) {
      const sequence = (this.#notices += 1);
      const data = { request: title, priority };
      const tell = () => this.#steps.tellPerson({ user, template, data }, { sequence });
      void this.#tellings.run(() => this.#run.aside(tell));
    }
  }
}
