import type { CallerAnswer, Evidence, RunEvidence, WorkerExit } from '../evidence.ts';
import { defaultExpectations, type Expectations, type WorkflowWords } from '../expectations.ts';
import type { CallEntry, JournalEntry, SandboxEvidence } from '../sandbox-evidence.ts';
import { groupBy } from '../values.ts';
import { madeBefore } from './run-state.ts';
import type { View } from './view.ts';

/** The evidence, sorted and joined once, so that each invariant is a look-up. */
export interface Facts {
  readonly expectations: Required<Expectations>;
  readonly sandbox: SandboxEvidence;
  /** In the order of writing. */
  readonly journal: readonly JournalEntry[];
  /** The runs of each workflow id, in the order of their start. A workflow that continued as new has several. */
  readonly runs: ReadonlyMap<string, readonly RunEvidence[]>;
  /** Runs without those that did nothing because an earlier run had the same id. */
  readonly first: readonly RunEvidence[];
  readonly answers: readonly CallerAnswer[];
  /** The answers to callers about each workflow, in the order of their requests. */
  readonly answersAbout: ReadonlyMap<string, readonly CallerAnswer[]>;
  readonly workers: readonly WorkerExit[];
  /** The journal without what services did on their own. */
  readonly asked: readonly JournalEntry[];
  /** Without effects that may be repeated with one key. */
  readonly effectsByKey: ReadonlyMap<string, readonly JournalEntry[]>;
  readonly callsByKey: ReadonlyMap<string, readonly CallEntry[]>;
  /** The view of each domain. */
  readonly views: readonly View[];
}

/** The part of a domain that the facts need. */
interface DomainForFacts {
  readonly byItself?: (entry: JournalEntry, journal: readonly JournalEntry[]) => boolean;
  readonly repeatable?: readonly JournalEntry['effect'][];
  readonly view: (facts: Facts) => View;
}

export function factsOf(evidence: Evidence, expectations: Expectations, domains: readonly DomainForFacts[]): Facts {
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

export function contractOf({ expectations }: Facts, type: string): WorkflowWords | undefined {
  return expectations.contracts.find((contract) => contract.type === type);
}

/** The correlation id of a run; its workflow id if it has none that fits into a header. */
export const correlationOf = ({ memo, workflowId }: RunEvidence): unknown => {
  const { correlationId = workflowId } = memo;
  return typeof correlationId === 'string' && !carried.test(correlationId) ? workflowId : correlationId;
};
const carried = /^[\x21-\x7e]{1,128}$/;
