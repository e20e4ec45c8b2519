import type { Effect, JournalEntry, Money } from '../../evidence.ts';
import { chained } from '../chained.fixture.ts';
import type { Evidence } from '../evidence.ts';
import type { Expectations } from '../expectations.ts';
import type { Draft } from '../draft.fixture.ts';

export type Draftable = Draft<Required<Evidence>>;

/** One small thing that goes wrong in the good evidence, and which invariant says so. */
export interface Case {
  readonly speaks: string;
  readonly when: string;
  /** What the message has to name. */
  readonly naming: string;
  /** Other invariants that the same change breaks. */
  readonly along?: readonly string[];
  readonly expectations?: Expectations;
  readonly change: (evidence: Draftable) => void;
}

export function found<T>(items: readonly T[], fits: (item: T) => boolean): T {
  const item = items.find(fits);
  if (item === undefined) throw new Error('The good evidence has no such item');
  return item;
}

export function drop<T>(items: T[], fits: (item: T) => boolean): void {
  items.splice(items.indexOf(found(items, fits)), 1);
}

export const runOf = (evidence: Draftable, workflowId: string) =>
  found(evidence.runs, (run) => run.workflowId === workflowId);

/** Changes the outcome and, with it, what the callers were told. */
export function ended(evidence: Draftable, workflowId: string, change: Record<string, unknown>): void {
  const run = runOf(evidence, workflowId);
  const outcome = { ...(run.outcome as object), ...change };
  run.outcome = outcome;
  for (const answer of evidence.answers.filter((given) => given.workflowId === workflowId)) {
    if (answer.call === 'status') answer.body = { state: 'finished', outcome };
    if (answer.call === 'result') answer.body = outcome;
  }
}

/** The row of this kind about this thing. */
export function row<Name extends Effect['effect']>(evidence: Draftable, effect: Name, id: string) {
  const entry = found(evidence.sandbox.journal, (each) => each.effect === effect && Object.values(each).includes(id));
  return entry as Draft<Extract<JournalEntry, { effect: Name }>>;
}

export const callOf = (evidence: Pick<Draftable, 'sandbox'>, key: string) =>
  found(evidence.sandbox.calls, (call) => call.key === key);

/** Nobody heard what became of the step; the run looked for it, and took it again. The lost call came to the gateway after all. */
export function triedAgain(evidence: Draftable, workflowId: string, step: string, { lookedBy }: { lookedBy: string }) {
  const key = `${workflowId}/${step}`;
  const { steps } = runOf(evidence, workflowId);
  const good = found(steps, (trace) => trace.step === step);
  const lost = { ...good, state: 'timed-out' as const, result: undefined };
  const look = { ...good, step: lookedBy, key: `${workflowId}/${lookedBy}`, result: undefined };
  steps.splice(steps.indexOf(good), 0, lost, look);
  evidence.sandbox.calls.push({ ...callOf(evidence, key), seq: 1_000, attempt: 2, status: null });
}

/** Before they were answered about a run, Temporal was slow. */
export function alsoToldToComeAgain(
  answers: Draftable['answers'],
  answer = found(answers, ({ call }) => call === 'status'),
) {
  answer.correlationId = `${answer.workflowId}, asked again`;
  answers.splice(answers.indexOf(answer), 0, { ...answer, status: 503, body: { code: 'temporal-unavailable' } });
}

/** A row that the good evidence has not: last in the journal, correlated as its run is. */
export function alsoDid(evidence: Draftable, effect: Effect, key: string): void {
  const run = found(evidence.runs, ({ workflowId }) => key.startsWith(`${workflowId}/`));
  const seq = Math.max(...evidence.sandbox.journal.map((entry) => entry.seq)) + 1;
  const correlationId = String(run.memo['correlationId']);
  evidence.sandbox.journal.push({ ...effect, seq, at: evidence.sandbox.at, service: 'booking', key, correlationId });
}

/** A call that no run has made: like that of a hold, and under this key. */
export function alsoCalled(evidence: Draftable, key: string): void {
  evidence.sandbox.calls.push({ ...callOf(evidence, 'booking-r1/holdSeat'), key });
}

/** Lets two rows change their places. */
export function swap(a: { seq: number }, b: { seq: number }): void {
  [a.seq, b.seq] = [b.seq, a.seq];
}

export const transactionOf = ({ sandbox }: Draftable, wanted: string) =>
  found(sandbox.gatewayTransactions, ({ reference }) => reference === wanted);

/** Another amount than it was, in the gateway's journal and in its table. */
export function tookInstead(evidence: Draftable, reference: string, amount: number): void {
  transactionOf(evidence, reference).money.amount = amount;
  for (const entry of evidence.sandbox.journal) {
    const captures = entry.effect === 'card-charged' || entry.effect === 'checkout-paid';
    if (captures && entry.reference === reference) entry.money.amount = amount;
  }
}

/** A journal that the good evidence has not: last in the ledger, and in its chain. */
export function alsoPosted({ sandbox }: Draftable, from: string, to: string, { amount, currency }: Money): void {
  const journalId = Math.max(...sandbox.ledger.map((line) => line.journalId)) + 1;
  sandbox.ledger.push({ journalId, account: from, amount: -amount, currency });
  sandbox.ledger.push({ journalId, account: to, amount, currency });
  sandbox.ledgerChain = chained(sandbox.ledger);
}
