import {
  answerTo,
  type OutcomeOf,
  RunStatus,
  statusQuery,
  takesPartQuery,
  type WorkflowContract,
} from '@longhaul/contracts';
import { type Client, WorkflowFailedError, WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { z } from 'zod';
import { accept } from './accept.ts';
import { failureCode, parsed, workerAnswer } from './answers.ts';
import { describeRun, type RunDescription } from './describe.ts';
import { RunFinished, RunNotFound, StillRunning, Unavailable, WorkflowFailed } from './errors.ts';
import { serverDeadlineMs, type Temporal } from './temporal.ts';

type Named<Part> = keyof Part & string;

export type AnswerTo<C extends WorkflowContract, Name extends Named<C['updates']>> = z.output<
  C['updates'][Name]['answer']
>;

export interface UpdateOptions {
  /**
   * Calls with the same id are one update. Set it if the call may be retried. Default: a new id for each call. A message with
   * `once` in its contract uses its name as the id.
   */
  readonly updateId?: string | undefined;
  /** How long a worker has to answer, in milliseconds. Default: 10,000. */
  readonly waitMs?: number;
}

export interface ResultOptions {
  /** Throws `StillRunning` after this time, in milliseconds. Default: waits until the run ends. */
  readonly waitMs?: number;
  /** Ends the wait at once, with `StillRunning`. */
  readonly signal?: AbortSignal;
}

/** One run, with the names and types of its contract. */
export interface RunHandle<C extends WorkflowContract = WorkflowContract> {
  readonly workflowId: string;
  /** Resolves when Temporal has the signal; a worker sees it later. */
  signal<Name extends Named<C['signals']>>(name: Name, input: z.input<C['signals'][Name]>): Promise<void>;
  /** Resolves with the answer of the workflow. Needs a worker. */
  update<Name extends Named<C['updates']>>(
    name: Name,
    input: z.input<C['updates'][Name]['input']>,
    options?: UpdateOptions,
  ): Promise<AnswerTo<C, Name>>;
  /** The status according to the run. Needs a worker, which has `waitMs` (default 5,000) to answer. */
  status(options?: { readonly waitMs?: number }): Promise<RunStatus>;
  /** Whether the person takes part in the run, according to the run. Needs a worker, as `status` does. */
  takesPart(person: string, options?: { readonly waitMs?: number }): Promise<boolean>;
  /** The status according to Temporal. Needs no worker. */
  describe(options?: { readonly waitMs?: number }): Promise<RunDescription>;
  result(options?: ResultOptions): Promise<OutcomeOf<C>>;
  /** Temporal's own cancellation, without an answer. To cancel with an answer, send the update `cancel`. */
  cancel(): Promise<void>;
}

const updateWaitMs = 10_000;
const pollMs = 60_000;

export function runHandle<C extends WorkflowContract>(
  temporal: Temporal,
  contract: C,
  workflowId: string,
): RunHandle<C> {
  const describe = (waitMs: number) => describeRun(temporal, workflowId, waitMs);
  const ask = (waitMs: number, query: string, ...args: unknown[]) =>
    workerAnswer(query, workflowId, temporal, (signal) =>
      temporal.call(
        query,
        waitMs,
        (client) => client.workflow.getHandle(workflowId).query<unknown, unknown[]>(query, ...args),
        signal,
      ),
    );

  return {
    workflowId,

    async signal(name, input) {
      const message = accept(`signal "${name}"`, contract.signals[name]!, input);
      await deliver(temporal, workflowId, `signal "${name}"`, (run) => run.signal(name, message));
    },

    async update(name, input, { updateId: given, waitMs = updateWaitMs } = {}) {
      const { input: schema, answer, once } = contract.updates[name]!;
      const updateId = once ? name : given;
      const options = { args: [accept(`update "${name}"`, schema, input)] as [unknown], ...(updateId && { updateId }) };
      const update = (client: Client) =>
        answerTo(client.workflow.getHandle(workflowId).executeUpdate<unknown, [unknown]>(name, options));
      const raw = await workerAnswer(`update "${name}"`, workflowId, temporal, (signal) =>
        temporal.call(`update "${name}"`, waitMs, update, signal),
      );
      return parsed(`answer to "${name}"`, workflowId, answer, raw) as AnswerTo<C, typeof name>;
    },

    async status({ waitMs = serverDeadlineMs } = {}) {
      return parsed('status', workflowId, RunStatus, await ask(waitMs, statusQuery));
    },

    async takesPart(person, { waitMs = serverDeadlineMs } = {}) {
      return parsed('answer to "takesPart"', workflowId, z.boolean(), await ask(waitMs, takesPartQuery, person));
    },

    describe: ({ waitMs = serverDeadlineMs } = {}) => describe(waitMs),

    async result({ waitMs = Infinity, signal } = {}) {
      const until = Date.now() + waitMs;
      for (;;) {
        const leftMs = until - Date.now();
        if (leftMs <= 0 || signal?.aborted) throw new StillRunning(workflowId);
        try {
          const raw = await temporal.call(
            'result',
            Math.min(leftMs, pollMs),
            (client): Promise<unknown> => client.workflow.getHandle(workflowId).result(),
            signal,
          );
          return parsed('outcome', workflowId, contract.outcome, raw) as OutcomeOf<C>;
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) throw new RunNotFound(workflowId, error);
          if (error instanceof WorkflowFailedError)
            throw new WorkflowFailed(workflowId, failureCode(error.cause), error);
          if (!(error instanceof Unavailable)) throw error;
          // No answer: either the run goes on, or Temporal is down, which this call shows.
          await describe(serverDeadlineMs);
        }
      }
    },

    cancel: () => deliver(temporal, workflowId, 'cancel', (run) => run.cancel()),
  };
}

/** Sends what Temporal keeps for the run until there is a worker. */
async function deliver(
  temporal: Temporal,
  workflowId: string,
  what: string,
  send: (run: WorkflowHandle) => Promise<unknown>,
): Promise<void> {
  try {
    await temporal.call(what, serverDeadlineMs, (client) => send(client.workflow.getHandle(workflowId)));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    // Temporal answers "not found" also for a run that has ended.
    await describeRun(temporal, workflowId, serverDeadlineMs);
    throw new RunFinished(workflowId, error);
  }
}
