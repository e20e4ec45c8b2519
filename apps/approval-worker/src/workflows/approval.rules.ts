import type { ApprovalInput, ApprovalOutcome, Decision, DecisionAnswer } from '@longhaul/contracts';
import type { PlannedRung } from '../activities.ts';
import { refused, system, type StageVotes } from './stage.rules.ts';

type Vote = Decision['vote'];
type Outcome<S extends ApprovalOutcome['status']> = Omit<Extract<ApprovalOutcome, { status: S }>, 'decisions'>;

/** How a request ends, before its decisions are added. */
export type Ending = Outcome<'approved'> | Outcome<'rejected'> | Outcome<'withdrawn'> | Outcome<'failed'>;
type AtTheDoor = Exclude<DecisionAnswer, { answer: 'taken' }>;

export interface Message {
  readonly by: string;
  readonly digest?: string | undefined;
}

/** What happened, in the order in which it is recorded. */
export type Happened =
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'delegated'; readonly by: string; readonly to: string; readonly reason: string }
  | { readonly kind: 'withdrawn'; readonly by: string; readonly reason: string };

/** A request for approval: who may say what, and how it ends. The first message or rung that ends it wins. */
export class Request {
  readonly decisions: Decision[] = [];
  readonly #input: ApprovalInput;
  readonly #tell: (happened: Happened) => void;
  readonly #now: () => string;
  #stage: StageVotes | undefined;
  #ending: Ending | undefined;

  constructor(input: ApprovalInput, now: () => string, tell: (happened: Happened) => void) {
    this.#input = input;
    this.#now = now;
    this.#tell = tell;
  }

  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** The stage in which people decide now. */
  get open(): StageVotes | undefined {
    return this.#ending || this.#stage?.result ? undefined : this.#stage;
  }

  begin(stage: StageVotes): void {
    this.#stage = stage;
  }

  takesPart(person: string): boolean {
    return this.#stage?.takesPart(person) === true || this.decisions.some(({ by }) => by === person);
  }

  whyNot({ by, digest }: Message, vote: Vote): AtTheDoor | undefined {
    if (by === this.#input.initiator) return refused('own-request');
    const why = this.#stage?.whyNot(by, vote);
    if (why?.answer === 'taken-before') return why;
    if (!this.open) return refused(this.#stage || this.#ending ? 'over' : 'not-an-approver');
    if (digest !== undefined && digest !== this.#input.digest) return refused('other-digest');
    return why;
  }

  vote(message: Message, vote: Vote, reason: string | null): DecisionAnswer {
    const why = this.whyNot(message, vote);
    if (why) return why;
    this.#decide(message.by, vote, reason);
    return { answer: 'taken', detail: vote === 'approve' ? 'You have approved it.' : 'You have rejected it.' };
  }

  whyNotDelegate({ by, to }: { readonly by: string; readonly to: string }): AtTheDoor | undefined {
    if (!this.open) return refused(this.#stage || this.#ending ? 'over' : 'not-an-approver');
    return this.open.whyNotDelegate(by, to, this.#input.initiator);
  }

  delegate(message: { readonly by: string; readonly to: string; readonly reason: string }): DecisionAnswer {
    const why = this.whyNotDelegate(message);
    if (why) return why;
    const { by, to, reason } = message;
    this.open!.delegate(by, to);
    this.#tell({ kind: 'delegated', by, to, reason });
    return { answer: 'taken', detail: `${to} decides instead of you.` };
  }

  whyNotWithdraw(): AtTheDoor | undefined {
    return this.#ending && refused('over');
  }

  withdraw({ by, reason }: { readonly by: string; readonly reason: string }): DecisionAnswer {
    const why = this.whyNotWithdraw();
    if (why) return why;
    this.#ending = { status: 'withdrawn', reason };
    this.#tell({ kind: 'withdrawn', by, reason });
    return { answer: 'taken', detail: 'It is withdrawn.' };
  }

  /** A rung of the ladder is due. Returns the people who are asked in addition. */
  climb(rung: PlannedRung): readonly string[] {
    const stage = this.open;
    if (!stage) return [];
    if (rung.does === 'approve' || rung.does === 'reject') this.#decide(system, rung.does, 'nobody decided in time');
    return stage.climb(rung);
  }

  #decide(by: string, vote: Vote, reason: string | null): void {
    const stage = this.#stage!;
    const decision = stage.vote(by, vote, reason, this.#now());
    this.decisions.push(decision);
    this.#tell({ kind: 'decided', decision });
    if (stage.result !== 'rejected') return;
    this.#ending = { status: 'rejected', stage: stage.name, by, reason: reason ?? 'no reason given' };
  }
}
