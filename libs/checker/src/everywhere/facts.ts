import { type Ride, ridesIn } from '../domains/booking/facts/rides.ts';
import { type Charge, chargesIn } from '../domains/payment/facts/charges.ts';
import { deliveriesIn, type Delivery } from '../domains/payment/facts/deliveries.ts';
import { type Payment, paymentsIn } from '../domains/payment/facts/payments.ts';
import { type TopUp, topUpsIn } from '../domains/payment/facts/top-ups.ts';
import type { CallerAnswer, Evidence, RunEvidence, WorkerExit } from '../evidence.ts';
import { defaultExpectations, type Expectations, type WorkflowWords } from '../expectations.ts';
import type { CallEntry, JournalEntry, SandboxEvidence } from '../sandbox-evidence.ts';
import { groupBy } from '../values.ts';
import { madeBefore } from './run-state.ts';

/** The evidence, put in order and joined once, so that each invariant is a look-up. */
export interface Facts {
  readonly expectations: Required<Expectations>;
  readonly sandbox: SandboxEvidence;
  /** In the order in which it was written. */
  readonly journal: readonly JournalEntry[];
  /** Workflows by id: their runs in the order of their start. One that continued as new has several. */
  readonly runs: ReadonlyMap<string, readonly RunEvidence[]>;
  readonly rides: readonly Ride[];
  /** By reference. */
  readonly charges: ReadonlyMap<string, Charge>;
  readonly payments: ReadonlyMap<string, Payment>;
  readonly topUps: ReadonlyMap<string, TopUp>;
  /** By the id of the event. */
  readonly deliveries: ReadonlyMap<string, Delivery>;
  readonly answers: readonly CallerAnswer[];
  /** What callers were told of each workflow, in the order of their requests. */
  readonly answersAbout: ReadonlyMap<string, readonly CallerAnswer[]>;
  readonly workers: readonly WorkerExit[];
  /** Without what a merchant received: an event is sent as often as it takes, under its own id. */
  readonly effectsByKey: ReadonlyMap<string, readonly JournalEntry[]>;
  readonly callsByKey: ReadonlyMap<string, readonly CallEntry[]>;
}

export function factsOf(evidence: Evidence, expectations: Expectations): Facts {
  const { sandbox, runs = [], answers = [], workers = [] } = evidence;
  const journal = sandbox.journal.toSorted((a, b) => a.seq - b.seq);
  const inOrder = runs.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  const byId = groupBy(inOrder, ({ workflowId }) => workflowId);
  const charges = chargesIn(sandbox, journal, byId);
  const first = inOrder.filter((run) => !madeBefore(run));
  return {
    expectations: { ...defaultExpectations, ...expectations },
    sandbox,
    journal,
    runs: byId,
    rides: ridesIn(first, journal),
    charges,
    payments: paymentsIn(sandbox, first, charges),
    topUps: topUpsIn(sandbox, first, charges),
    deliveries: deliveriesIn(sandbox, journal, inOrder),
    answers,
    answersAbout: groupBy(answers, ({ workflowId }) => workflowId),
    workers,
    effectsByKey: groupBy(
      journal.filter((entry) => isAskedFor(entry) && entry.effect !== 'webhook-received'),
      ({ key }) => key,
    ),
    callsByKey: groupBy(sandbox.calls, ({ key }) => key),
  };
}

const byThemselves: ReadonlySet<JournalEntry['effect']> = new Set(['hold-lapsed', 'refund-moved', 'checkout-paid']);

/** A lapse is the booking service's own doing, and a moving refund the card gateway's, whoever's request made it look. */
export function isAskedFor({ effect }: JournalEntry): boolean {
  return !byThemselves.has(effect);
}

export function latestRuns({ runs }: Facts): RunEvidence[] {
  return [...runs.values()].flatMap((ofOneId) => ofOneId.at(-1) ?? []);
}

export function wordsOf({ expectations }: Facts, type: string): WorkflowWords | undefined {
  return expectations.contracts.find((contract) => contract.type === type);
}

/** The id that ties the traces of a run together. One without an id that a header can carry goes by its own. */
export const correlationOf = ({ memo, workflowId }: RunEvidence): unknown => {
  const { correlationId = workflowId } = memo;
  return typeof correlationId === 'string' && !carried.test(correlationId) ? workflowId : correlationId;
};
const carried = /^[\x21-\x7e]{1,128}$/;

/** `<workflow id>/<step>` or `<workflow id>/<step>/<n>`; undefined for anything else. */
export function readKey(key: string): { workflowId: string; step: string } | undefined {
  const [, workflowId, step] = /^([^/]+)\/([^/]+)(?:\/\d+)?$/.exec(key) ?? [];
  return workflowId && step ? { workflowId, step } : undefined;
}
