import type { Decision, DecisionAnswer, RefusalCode, Stage } from '@longhaul/contracts';
import type { PlannedRung, StagePlan } from '../activities.ts';

type Refused = Extract<DecisionAnswer, { answer: 'refused' }>;
type Vote = Decision['vote'];

/** Who a decision of the ladder is from. */
export const system = 'system';

const because: Readonly<Record<RefusalCode, string>> = {
  'not-an-approver': 'You are not asked to decide in this stage.',
  'own-request': 'Nobody decides on their own request.',
  'decided-already': 'You have decided otherwise before, and a decision stays.',
  'delegated-away': 'You have delegated this decision.',
  replaced: 'You did not decide in time, and others were asked instead.',
  'other-digest': 'The request that you were shown is another one than this.',
  'quorum-lost': 'Without you, too few people are left to decide.',
  over: 'It is decided.',
};

export function refused(code: RefusalCode): Refused {
  return { answer: 'refused', code, detail: because[code] };
}

/** One stage while people decide. People are counted, not the seats they fill. */
export class StageVotes {
  readonly name: string;
  readonly ladder: PlannedRung[];
  #needed: number;
  readonly #oneRejectionEnds: boolean;
  /** Who may decide, and for whom. */
  readonly #seats: Map<string, string | null>;
  readonly #gone = new Map<string, 'delegated-away' | 'replaced'>();
  readonly #votes = new Map<string, Decision>();

  constructor({ name, quorum, oneRejectionEnds }: Stage, { approvers, ladder }: StagePlan) {
    this.name = name;
    this.ladder = [...ladder];
    this.#seats = new Map(approvers.map(({ person, insteadOf }) => [person, insteadOf]));
    this.#needed = quorum ?? this.#seats.size;
    this.#oneRejectionEnds = oneRejectionEnds;
  }

  /** Whether enough people are asked. */
  get possible(): boolean {
    return this.#seats.size > 0 && this.#canStillApprove >= this.#needed;
  }

  get waitsFor(): string[] {
    return [...this.#seats.keys()].filter((person) => !this.#votes.has(person));
  }

  takesPart(person: string): boolean {
    return this.#seats.has(person) || this.#gone.has(person);
  }

  /** Why this person cannot vote so. Undefined: they can. */
  whyNot(person: string, vote: Vote): Extract<DecisionAnswer, { answer: 'taken-before' | 'refused' }> | undefined {
    const before = this.#votes.get(person);
    if (before && before.vote === vote) {
      return { answer: 'taken-before', detail: `You said so on ${before.at}.` };
    }
    if (before) return refused('decided-already');
    if (this.#seats.has(person)) return undefined;
    return refused(this.#gone.get(person) ?? 'not-an-approver');
  }

  vote(by: string, vote: Vote, reason: string | null, at: string): Decision {
    const decision = { stage: this.name, by, insteadOf: this.#seats.get(by) ?? null, vote, reason, at };
    this.#votes.set(by, decision);
    return decision;
  }

  /** How the stage has ended. Undefined: it goes on. The ladder's word ends it, whoever has not decided. */
  get result(): 'approved' | 'rejected' | undefined {
    const last = this.#votes.get(system);
    if (last) return last.vote === 'approve' ? 'approved' : 'rejected';
    const votes = [...this.#votes.values()];
    const rejected = votes.some(({ vote }) => vote === 'reject');
    if (rejected && this.#oneRejectionEnds) return 'rejected';
    if (this.#approvals >= this.#needed) return 'approved';
    return this.#canStillApprove < this.#needed ? 'rejected' : undefined;
  }

  /** Why a person cannot give their seat to another. Undefined: they can. */
  whyNotDelegate(from: string, to: string, initiator: string): Refused | undefined {
    if (this.#votes.has(from)) return refused('decided-already');
    if (!this.#seats.has(from)) return refused(this.#gone.get(from) ?? 'not-an-approver');
    if (to === initiator) return refused('own-request');
    const addsNobody = to === from || this.#seats.has(to);
    return addsNobody && this.#canStillApprove - 1 < this.#needed ? refused('quorum-lost') : undefined;
  }

  delegate(from: string, to: string): void {
    const principal = this.#seats.get(from) ?? from;
    this.#seats.delete(from);
    this.#gone.set(from, 'delegated-away');
    this.#gone.delete(to);
    // Somebody who is asked in their own right does not act for another; who gets their own seat back neither.
    if (!this.#seats.has(to)) this.#seats.set(to, principal === to ? null : principal);
  }

  /** Asks the people whom the rung asks, and returns those who were not asked before. */
  climb({ does, approvers }: PlannedRung): readonly string[] {
    this.ladder.shift();
    const newcomers = approvers.filter(({ person }) => !this.#votes.has(person));
    // Nobody is replaced by nobody: whoever was asked goes on being asked.
    if (newcomers.length === 0) return [];
    if (does === 'replace') {
      for (const person of this.waitsFor) {
        this.#seats.delete(person);
        this.#gone.set(person, 'replaced');
      }
    }
    for (const { person, insteadOf } of newcomers) {
      this.#gone.delete(person);
      if (!this.#seats.has(person)) this.#seats.set(person, insteadOf);
    }
    // Fewer people may have been put in the place of many.
    this.#needed = Math.min(this.#needed, this.#canStillApprove);
    return newcomers.map(({ person }) => person);
  }

  get #approvals(): number {
    return [...this.#votes.values()].filter(({ vote }) => vote === 'approve').length;
  }

  get #canStillApprove(): number {
    return this.#approvals + this.waitsFor.length;
  }
}
