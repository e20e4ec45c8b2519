import type { CallEntry, JournalEntry, SandboxEvidence } from '../evidence.ts';
import type { CallerAnswer, Evidence, RunEvidence, WorkerExit } from './evidence.ts';
import { defaultExpectations, type Expectations, type WorkflowWords } from './expectations.ts';
import { ridesIn, type Ride } from './rides.ts';
import { groupBy } from './values.ts';

/** The evidence, put in order and joined once, so that each invariant is a look-up. */
export interface Facts {
  readonly expectations: Required<Expectations>;
  readonly sandbox: SandboxEvidence;
  /** In the order in which it was written. */
  readonly journal: readonly JournalEntry[];
  /** Workflows by id: their runs in the order of their start. One that continued as new has several. */
  readonly runs: ReadonlyMap<string, readonly RunEvidence[]>;
  readonly rides: readonly Ride[];
  readonly answers: readonly CallerAnswer[];
  readonly workers: readonly WorkerExit[];
  readonly effectsByKey: ReadonlyMap<string, readonly JournalEntry[]>;
  readonly callsByKey: ReadonlyMap<string, readonly CallEntry[]>;
}

export function factsOf(evidence: Evidence, expectations: Expectations): Facts {
  const { sandbox, runs = [], answers = [], workers = [] } = evidence;
  const journal = sandbox.journal.toSorted((a, b) => a.seq - b.seq);
  const inOrder = runs.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  return {
    expectations: { ...defaultExpectations, ...expectations },
    sandbox,
    journal,
    runs: groupBy(inOrder, ({ workflowId }) => workflowId),
    rides: ridesIn(inOrder, journal),
    answers,
    workers,
    effectsByKey: groupBy(journal.filter(isAskedFor), ({ key }) => key),
    callsByKey: groupBy(sandbox.calls, ({ key }) => key),
  };
}

/** A lapse is the booking service's own doing, whoever's request made it look. */
export function isAskedFor({ effect }: JournalEntry): boolean {
  return effect !== 'hold-lapsed';
}

export function latestRuns({ runs }: Facts): RunEvidence[] {
  return [...runs.values()].flatMap((ofOneId) => ofOneId.at(-1) ?? []);
}

export function wordsOf({ expectations }: Facts, type: string): WorkflowWords | undefined {
  return expectations.contracts.find((contract) => contract.type === type);
}

/** `<workflow id>/<step>` or `<workflow id>/<step>/<n>`; undefined for anything else. */
export function readKey(key: string): { workflowId: string; step: string } | undefined {
  const [, workflowId, step] = /^([^/]+)\/([^/]+)(?:\/\d+)?$/.exec(key) ?? [];
  return workflowId && step ? { workflowId, step } : undefined;
}
