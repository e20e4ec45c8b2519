import type { WorkflowContract } from '@longhaul/contracts';
import type { z } from 'zod';
import { accept } from './accept.ts';
import { parsed, workerAnswer } from './answers.ts';
import { describeRun } from './describe.ts';
import { RunNotFound, WorkflowsDisabled } from './errors.ts';
import { runHandle, type AnswerTo, type RunHandle, type UpdateOptions } from './handle.ts';
import {
  joined,
  start,
  startRequest,
  startWithSignal,
  startWithUpdate,
  type Started,
  type StartOptions,
} from './start.ts';
import { Temporal, type ConnectionSettings } from './temporal.ts';

export interface ConnectOptions extends ConnectionSettings {
  /** `false` refuses every start with `WorkflowsDisabled`, without a connection. Default: true. */
  readonly enabled?: boolean;
}

/** A handle on a run that was asked to start. `firstStart: false`: it was there already, with the same input. */
export type StartedRun<C extends WorkflowContract> = RunHandle<C> & Started;

interface NamedUpdate<C extends WorkflowContract, Name extends keyof C['updates'] & string> extends UpdateOptions {
  readonly name: Name;
  readonly input: z.input<C['updates'][Name]['input']>;
}

/** Starts workflows and talks to them. Keep one for a process: it holds one connection, made when it is first needed. */
export interface Longhaul {
  start<C extends WorkflowContract>(
    contract: C,
    input: z.input<C['input']>,
    options?: StartOptions,
  ): Promise<StartedRun<C>>;
  /** The run has the signal before it begins. When it is there already with the same input, it is only signalled. */
  startWithSignal<C extends WorkflowContract, Name extends keyof C['signals'] & string>(
    contract: C,
    input: z.input<C['input']>,
    signal: { readonly name: Name; readonly input: z.input<C['signals'][Name]> },
    options?: StartOptions,
  ): Promise<StartedRun<C>>;
  /** Like `startWithSignal`, and waits for the answer: needs a worker. */
  startWithUpdate<C extends WorkflowContract, Name extends keyof C['updates'] & string>(
    contract: C,
    input: z.input<C['input']>,
    update: NamedUpdate<C, Name>,
    options?: StartOptions,
  ): Promise<{ readonly run: StartedRun<C>; readonly answer: AnswerTo<C, Name> }>;
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

    async startWithSignal(contract, input, signal, options = {}) {
      const wanted = request(contract, input, options);
      const message = accept(`signal "${signal.name}"`, contract.signals[signal.name]!, signal.input);
      const existing = await describeRun(temporal, wanted.options.workflowId, wanted.waitMs).catch(unlessNotFound);
      if (!existing) {
        return asStarted(contract, await startWithSignal(temporal, wanted, { name: signal.name, message }));
      }
      const run = asStarted(contract, joined(wanted, existing));
      await run.signal(signal.name, signal.input);
      return run;
    },

    async startWithUpdate<C extends WorkflowContract, Name extends keyof C['updates'] & string>(
      contract: C,
      input: z.input<C['input']>,
      { name, input: given, ...update }: NamedUpdate<C, Name>,
      options: StartOptions = {},
    ) {
      const wanted = request(contract, input, { ...options, waitMs: options.waitMs ?? update.waitMs });
      const { workflowId } = wanted.options;
      const { input: schema, answer } = contract.updates[name]!;
      const message = { name, message: accept(`update "${name}"`, schema, given), updateId: update.updateId };
      const fresh = await workerAnswer(`update "${name}"`, workflowId, temporal, () =>
        startWithUpdate(temporal, wanted, message),
      );
      if (fresh) {
        return {
          run: asStarted(contract, fresh.started),
          answer: parsed(`answer to "${name}"`, workflowId, answer, fresh.answer) as AnswerTo<C, Name>,
        };
      }
      const run = asStarted(contract, joined(wanted, await describeRun(temporal, workflowId, wanted.waitMs)));
      return { run, answer: await run.update(name, given, update) };
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

function unlessNotFound(error: unknown): undefined {
  if (!(error instanceof RunNotFound)) throw error;
}
