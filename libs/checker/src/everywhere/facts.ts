import type { CallerAnswer, Evidence, RunEvidence, WorkerExit } from '../evidence.ts';
import { defaultExpectations, type Expectations, type WorkflowWords } from '../expectations.ts';
import type { CallEntry, JournalEntry, SandboxEvidence } from '../sandbox-evidence.ts';
import { groupBy } from '../values.ts';
import { madeBefore } from './run-state.ts';
import type { View } from './view.ts';

/** The evidence, put in order and joined once, so that each invariant is a look-up. */
export interface Facts {
  readonly expectations: Required<Expectations>;
  readonly sandbox: SandboxEvidence;
  /** In the order in which it was written. */
  readonly journal: readonly JournalEntry[];
  /** Workflows by id: their runs in the order of their start. One that continued as new has several. */
  readonly runs: ReadonlyMap<string, readonly RunEvidence[]>;
  /** Without those that found an earlier run of their id, and so did nothing. */
  readonly first: readonly RunEvidence[];
  readonly answers: readonly CallerAnswer[];
  /** What callers were told of each workflow, in the order of their requests. */
  readonly answersAbout: ReadonlyMap<string, readonly CallerAnswer[]>;
  readonly workers: readonly WorkerExit[];
  /** The journal without what services did by themselves, whoever's request made them look. */
  readonly asked: readonly JournalEntry[];
  /** Without what comes as often as it takes. */
  readonly effectsByKey: ReadonlyMap<string, readonly JournalEntry[]>;
  readonly callsByKey: ReadonlyMap<string, readonly CallEntry[]>;
  /** What each domain makes of it. */
  readonly views: readonly View[];
}

/** A domain, as far as the facts ask it. */
interface Looker {
  readonly byItself?: (entry: JournalEntry, journal: readonly JournalEntry[]) => boolean;
  readonly repeatable?: readonly JournalEntry['effect'][];
  readonly view: (facts: Facts) => View;
}

export function factsOf(evidence: Evidence, expectations: Expectations, domains: readonly Looker[]): Facts {
  const { sandbox, runs = [], answers = [], workers = [] } = evidence;
  const journal = sandbox.journal.toSorted((a, b) => a.seq - b.seq);
  const inOrder = runs.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  const asked = journal.filter((entry) => !domains.some(({ byItself }) => byItself?.(entry, journal)));
  const repeatable = new Set(domains.flatMap((domain) => domain.repeatable ?? []));
  const views: View[] = [];
  const facts: Facts = {
    expectations: { ...defaultExpectations, ...expectations },
    sandbox,
    journal,
    runs: groupBy(inOrder, ({ workflowId }) => workflowId),
    first: inOrder.filter((run) => !madeBefore(run)),
    answers,
    answersAbout: groupBy(answers, ({ workflowId }) => workflowId),
    workers,
    asked,
    effectsByKey: groupBy(
      asked.filter(({ effect }) => !repeatable.has(effect)),
      ({ key }) => key,
    ),
    callsByKey: groupBy(sandbox.calls, ({ key }) => key),
    views,
  };
  views.push(...domains.map(({ view }) => view(facts)));
  return facts;
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
