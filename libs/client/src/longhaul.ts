import type { WorkflowContract } from '@longhaul/contracts';
import type { z } from 'zod';
import { accept } from './accept.ts';
import { parsed, workerAnswer } from './answers.ts';
import { describeRun } from './describe.ts';
import { WorkflowsDisabled } from './errors.ts';
import { runHandle, type AnswerTo, type RunHandle, type UpdateOptions } from './handle.ts';
import { joined, start, startRequest, startWithUpdate, updateIdOf, type Started, type StartOptions } from './start.ts';
import { Temporal, type ConnectionSettings } from './temporal.ts';

export interface ConnectOptions extends ConnectionSettings {
  /** `false` refuses every start with `WorkflowsDisabled`, without a connection. Default: true. */
  readonly enabled?: boolean;
}

/** A handle on a started run. `firstStart: false`: it existed already, with the same input. */
export type StartedRun<C extends WorkflowContract> = RunHandle<C> & Started;

/** After a start with an update, Temporal does not say whether the run is new. */
export type JoinedRun<C extends WorkflowContract> = Omit<StartedRun<C>, 'firstStart'>;

interface NamedUpdate<C extends WorkflowContract, Name extends keyof C['updates'] & string> extends UpdateOptions {
  readonly name: Name;
  readonly input: z.input<C['updates'][Name]['input']>;
}

/** Starts workflows and sends messages to them. Use one per process: it has one connection, made at the first call. */
export interface Longhaul {
  start<C extends WorkflowContract>(
    contract: C,
    input: z.input<C['input']>,
    options?: StartOptions,
  ): Promise<StartedRun<C>>;
  /** Starts a run together with its first update, and returns the answer. Needs a worker. An existing run gets the update, too. */
  startWithUpdate<C extends WorkflowContract, Name extends keyof C['updates'] & string>(
    contract: C,
    input: z.input<C['input']>,
    update: NamedUpdate<C, Name>,
    options?: StartOptions,
  ): Promise<{ readonly run: JoinedRun<C>; readonly answer: AnswerTo<C, Name> }>;
  handle<C extends WorkflowContract>(contract: C, workflowId: string): RunHandle<C>;
  /** Resolves when Temporal answers and knows the namespace. `waitMs`: default 1,000. */
  check(options?: { readonly waitMs?: number }): Promise<void>;
  close(): Promise<void>;
}

export function connect({ enabled = true, ...settings }: ConnectOptions = {}): Longhaul {
  const temporal = new Temporal(settings);
  const asStarted = <C extends WorkflowContract>(contract: C, started: Started): StartedRun<C> => ({
    ...runHandle(temporal, contract, started.workflowId),
    ...started,
  });
  const request: typeof startRequest = (contract, input, options) => {
    if (!enabled) throw new WorkflowsDisabled();
    return startRequest(contract, input, options);
  };

  return {
    async start(contract, input, options = {}) {
      return asStarted(contract, await start(temporal, request(contract, input, options)));
    },

    async startWithUpdate<C extends WorkflowContract, Name extends keyof C['updates'] & string>(
      contract: C,
      input: z.input<C['input']>,
      { name, input: given, ...update }: NamedUpdate<C, Name>,
      options: StartOptions = {},
    ) {
      const wanted = request(contract, input, { ...options, waitMs: options.waitMs ?? update.waitMs });
      const { workflowId } = wanted.options;
      const { input: schema, answer, once } = contract.updates[name]!;
      const updateId = updateIdOf(wanted, once ? name : update.updateId);
      const message = { name, message: accept(`update "${name}"`, schema, given), updateId };
      const run = runHandle(temporal, contract, workflowId);
      const fresh = await workerAnswer(`update "${name}"`, workflowId, temporal, (signal) =>
        startWithUpdate(temporal, wanted, message, signal),
      );
      if (fresh) {
        return {
          run: { ...run, runId: fresh.runId },
          answer: parsed(`answer to "${name}"`, workflowId, answer, fresh.answer) as AnswerTo<C, Name>,
        };
      }
      const { runId } = joined(wanted, await describeRun(temporal, workflowId, wanted.waitMs));
      return { run: { ...run, runId }, answer: await run.update(name, given, { ...update, updateId }) };
    },

    handle: (contract, workflowId) => runHandle(temporal, contract, workflowId),

    async check({ waitMs = 1_000 } = {}) {
      const { namespace } = temporal;
      await temporal.call(`describing the namespace [${namespace}]`, waitMs, (client) =>
        client.workflowService.describeNamespace({ namespace }),
      );
    },

    close: () => temporal.close(),
  };
}
