import type { CallerAnswer } from '../../evidence.ts';
import type { Invariant } from '../../rule.ts';
import { same } from '../../values.ts';
import { latestRuns, contractOf, type Facts } from '../facts.ts';
import { isParked } from '../run-state.ts';

const largestPayloadBytes = 64 * 1024;
const mostEvents = 10_000;

/** The server refuses to close a run when a message has just arrived, and repeats the task. That is no fault. */
const harmlessTaskFailures = /UNHANDLED_COMMAND|UNHANDLED_UPDATE|RESET_WORKFLOW/;
const nonDeterminism = /NON_DETERMINISTIC/;

export const runRules: readonly Invariant[] = [
  {
    id: 'X1',
    says: 'Every start that was answered with 2xx has one run, and every run has ended or is parked.',
    find: (facts) => [
      ...startsOf(facts)
        .filter(wasAccepted)
        .flatMap((answer) => missingRun(facts, answer)),
      ...[...facts.runs]
        .map(([id, runs]) => [id, runs.filter(({ status }) => status !== 'continued-as-new').length] as const)
        .filter(([, count]) => count > 1)
        .map(([id, count]) => `${id} was run ${count} times`),
      ...latestRuns(facts)
        .filter((run) => (run.status === 'running' && !isParked(run)) || run.status === 'continued-as-new')
        .map(({ workflowId, runId, status }) => `${workflowId} is neither final nor parked [run: ${runId}, ${status}]`),
    ],
  },
  {
    id: 'X2',
    says: 'The same key with the same input gives the same run. With another input it is refused with 422.',
    find: (facts) => [
      ...startsOf(facts).flatMap((answer) => wrongStart(facts, answer)),
      ...misnamedRuns(facts),
      ...joinableChildren(facts),
    ],
  },
  {
    id: 'X4',
    says: 'A run fails only with a code of docs/failures.md. No run is timed out or terminated.',
    find: (facts) =>
      latestRuns(facts).flatMap(({ workflowId, status, failureCode }) => {
        if (status === 'timed-out' || status === 'terminated') return [`${workflowId} was ${status}`];
        const known = failureCode !== null && facts.expectations.failureCodes.includes(failureCode);
        return status === 'failed' && !known ? [`${workflowId} failed with an unlisted code [${failureCode}]`] : [];
      }),
  },
  {
    id: 'X5',
    says: 'No workflow task fails outside a planned bad deploy, and none ever fails for non-determinism.',
    find: (facts) =>
      everyRun(facts).flatMap(({ workflowId, taskFailures }) =>
        taskFailures
          .filter((cause) => !harmlessTaskFailures.test(cause))
          .filter((cause) => nonDeterminism.test(cause) || !facts.expectations.plannedBadDeploy)
          .map((cause) => `${workflowId} had a failed workflow task [${cause}]`),
      ),
  },
  {
    id: 'X9',
    says: 'No payload is larger than 64 KB and no history longer than 10,000 events.',
    find: (facts) =>
      everyRun(facts).flatMap((run) => [
        ...(run.largestPayloadBytes > largestPayloadBytes
          ? [`${run.workflowId} has a payload of ${run.largestPayloadBytes} bytes`]
          : []),
        ...(run.eventCount > mostEvents ? [`${run.workflowId} has ${run.eventCount} events`] : []),
      ]),
  },
];

const startsOf = ({ answers }: Facts) => answers.filter(({ call }) => call === 'start');
const wasAccepted = ({ status }: CallerAnswer) => status !== null && status >= 200 && status < 300;
const everyRun = ({ runs }: Facts) => [...runs.values()].flat();

function missingRun({ runs }: Facts, { workflowId, runId, status }: CallerAnswer): string[] {
  const found = runs.get(workflowId) ?? [];
  if (found.length === 0) return [`${workflowId} was answered ${status} and has no run`];
  return runId === undefined || found.some((run) => run.runId === runId)
    ? []
    : [`${workflowId} was answered ${status} with a run that does not exist [${runId}]`];
}

function wrongStart({ runs }: Facts, { workflowId, status, input }: CallerAnswer): string[] {
  const run = runs.get(workflowId)?.[0];
  if (!run || status === null || input === undefined) return [];
  const sameInput = same(run.input, input);
  if (sameInput && status === 422) return [`${workflowId} was refused although the input is the run's own`];
  if (!sameInput && status < 300) return [`${workflowId} was answered ${status} for another input than its run has`];
  return [];
}

/** Ids are made from business keys: with another id, the same request could be started twice. */
function misnamedRuns(facts: Facts): string[] {
  return latestRuns(facts).flatMap(({ workflowId, type, input, status }) => {
    const contract = contractOf(facts, type);
    if (!contract || status === 'failed' || input === undefined) return [];
    return idOf(contract, input) === workflowId ? [] : [`${workflowId} is not the id that its input makes`];
  });
}

/** A caller who sends the input of a run that another run started must not be given that run. */
function joinableChildren(facts: Facts): string[] {
  return everyRun(facts).flatMap(({ workflowId, children }) =>
    children.flatMap((child) => {
      const digest = facts.runs.get(child)?.[0]?.memo['inputDigest'];
      const own = `started by ${workflowId}`;
      return digest === undefined || digest === own ? [] : [`${child} was ${own}, and a caller could join it`];
    }),
  );
}

function idOf(contract: NonNullable<ReturnType<typeof contractOf>>, input: unknown): string | undefined {
  try {
    return contract.id.of(input);
  } catch {
    // An invalid input has no id.
    return undefined;
  }
}
