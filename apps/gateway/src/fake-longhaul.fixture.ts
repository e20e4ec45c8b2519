import {
  InputConflict,
  inputDigest,
  InvalidInput,
  NoWorkerAnswer,
  ownerDigest,
  RunFinished,
  RunNotFound,
  StillRunning,
  WorkflowFailed,
  WorkflowsDisabled,
  type RunDescription,
  type RunHandle,
} from '@longhaul/client';
import { check, type RunStatus, type WorkflowContract } from '@longhaul/contracts';
import type { LonghaulClient } from './routes/route.ts';

/** A run as a test sets it up. */
export interface FakeRun {
  description: RunDescription;
  /** What the worker would say; undefined while no worker is there. */
  status?: RunStatus;
  /** Updates by name. */
  answers?: Record<string, unknown>;
  outcome?: unknown;
  failure?: string;
}

export interface FakeLonghaul extends LonghaulClient {
  readonly runs: Map<string, FakeRun>;
  /** Every call that would have reached Temporal. */
  readonly calls: { readonly call: string; readonly with: unknown }[];
}

/** The client's promises on a map: one run for an id, the same input joins it, another one is refused. */
export function fakeLonghaul({ enabled = true } = {}): FakeLonghaul {
  const runs: FakeLonghaul['runs'] = new Map();
  const calls: FakeLonghaul['calls'] = [];
  const found = (workflowId: string): FakeRun => {
    const run = runs.get(workflowId);
    if (!run) throw new RunNotFound(workflowId);
    return run;
  };

  function handle<C extends WorkflowContract>(_contract: C, workflowId: string): RunHandle<C> {
    const reached = (call: string, given?: unknown) => {
      calls.push({ call, with: given });
      return Promise.resolve();
    };
    return {
      workflowId,
      signal: () => Promise.reject(new Error('The gateway sends no signals')),
      cancel: () => Promise.reject(new Error("The gateway leaves Temporal's own cancellation alone")),
      async describe() {
        await reached('describe', workflowId);
        return found(workflowId).description;
      },
      async status() {
        await reached('status', workflowId);
        const { status, description } = found(workflowId);
        if (description.ended) throw new RunFinished(workflowId);
        if (!status) throw new NoWorkerAnswer('status', workflowId, undefined);
        return status;
      },
      async update(name, input, options) {
        await reached(`update ${name}`, { input, ...options });
        const answer = found(workflowId).answers?.[name];
        if (answer === undefined) throw new NoWorkerAnswer(name, workflowId, undefined);
        return answer as never;
      },
      async result(options) {
        await reached('result', options);
        const { outcome, failure } = found(workflowId);
        if (failure !== undefined) throw new WorkflowFailed(workflowId, failure, new Error('at /srv/secret.ts:1:1'));
        if (outcome === undefined) throw new StillRunning(workflowId);
        return outcome as never;
      },
    };
  }

  return {
    runs,
    calls,
    handle,
    check: () => Promise.resolve(),
    start(contract, input, { owner, correlationId = 'none' } = {}) {
      return Promise.resolve().then(() => {
        if (!enabled) throw new WorkflowsDisabled();
        const checked = check(contract.input, input);
        if (!checked.ok) throw new InvalidInput('input', checked.issues);
        calls.push({ call: 'start', with: { type: contract.type, input: checked.value, owner, correlationId } });
        const workflowId = contract.id.of(checked.value);
        const digest = inputDigest(checked.value);
        const memo = {
          inputDigest: digest,
          correlationId,
          fastPath: true,
          ...(owner && { owner: ownerDigest(owner) }),
        };
        const known = runs.get(workflowId);
        if (known && known.description.memo?.inputDigest !== digest) {
          const own = known.description.memo?.owner === memo.owner;
          throw new InputConflict(workflowId, digest, own ? known.description.memo?.inputDigest : undefined);
        }
        const run: FakeRun = known ?? {
          description: {
            workflowId,
            runId: `run-${runs.size + 1}`,
            type: contract.type,
            ended: undefined,
            startedAt: '2026-11-21T08:00:00.000Z',
            endedAt: undefined,
            memo,
            attention: undefined,
          },
        };
        runs.set(workflowId, run);
        return { ...handle(contract, workflowId), runId: run.description.runId, firstStart: !known };
      });
    },
  };
}
