import {
  NoWorkerAnswer,
  RunFinished,
  RunNotFound,
  StillRunning,
  TemporalRefused,
  Unavailable,
  WorkflowFailed,
  type RunDescription,
  type RunHandle,
} from '@longhaul/client';
import type { RunStatus, WorkflowContract } from '@longhaul/contracts';

/** A run that a test sets up. */
export interface FakeRun {
  description: RunDescription;
  /** The worker's answer; undefined while there is no worker. */
  status?: RunStatus;
  /** Answers to updates, by name. A function is called for each new message. */
  answers?: Readonly<Record<string, unknown>>;
  /** Who takes part, according to the run; undefined while there is no worker. */
  participants?: readonly string[] | undefined;
  outcome?: unknown;
  failure?: string;
}

/** The state of the fake Temporal. */
export interface FakeTemporal {
  readonly runs: Map<string, FakeRun>;
  /** All calls that reached Temporal. */
  readonly calls: { readonly call: string; readonly with: unknown }[];
  /** Answers by run and update id, so that a repeated message gets the same answer. */
  readonly answered: Map<string, unknown>;
  /** Whether Temporal is down. */
  away: boolean;
  /** Whether Temporal refuses calls, for example for wrong credentials. */
  refusing?: boolean;
}

/** Records a call to Temporal; throws if Temporal is down. */
export async function reach(temporal: FakeTemporal, call: string, given: unknown): Promise<void> {
  await Promise.resolve();
  if (temporal.away) throw new Unavailable(call, undefined);
  if (temporal.refusing) throw new TemporalRefused(call, new Error('Request unauthorized. [key: k-secret]'));
  temporal.calls.push({ call, with: given });
}

/** A run handle on a map: messages need a running run, and updates and queries a worker. */
export function fakeRunHandle<C extends WorkflowContract>(temporal: FakeTemporal, workflowId: string): RunHandle<C> {
  const found = (): FakeRun => {
    const run = temporal.runs.get(workflowId);
    if (!run) throw new RunNotFound(workflowId);
    return run;
  };
  const underWay = (): FakeRun => {
    const run = found();
    if (run.description.ended) throw new RunFinished(workflowId);
    return run;
  };
  return {
    workflowId,
    cancel: () => Promise.reject(new Error("The gateway leaves Temporal's own cancellation alone")),
    async signal(name, input) {
      await reach(temporal, `signal ${name}`, { workflowId, input });
      underWay();
    },
    async describe() {
      await reach(temporal, 'describe', workflowId);
      return found().description;
    },
    async status() {
      await reach(temporal, 'status', workflowId);
      const { status } = underWay();
      if (!status) throw new NoWorkerAnswer('status', workflowId, undefined);
      return status;
    },
    async takesPart(person) {
      await reach(temporal, 'takesPart', { workflowId, person });
      const { participants } = found();
      if (!participants) throw new NoWorkerAnswer('takesPart', workflowId, undefined);
      return participants.includes(person);
    },
    async update(name, input, options = {}) {
      await reach(temporal, `update ${name}`, { input, ...options });
      const { answers = {} } = underWay();
      const message = `${workflowId} ${options.updateId ?? String(temporal.calls.length)}`;
      const answer: unknown = temporal.answered.get(message) ?? given(answers[name]);
      if (answer === undefined) throw new NoWorkerAnswer(name, workflowId, undefined);
      temporal.answered.set(message, answer);
      return answer as never;
    },
    async result(options) {
      await reach(temporal, 'result', options);
      const { outcome, failure } = found();
      if (failure !== undefined) throw new WorkflowFailed(workflowId, failure, new Error('at /srv/secret.ts:1:1'));
      if (outcome === undefined) throw new StillRunning(workflowId);
      return outcome as never;
    },
  };
}

function given(answer: unknown): unknown {
  return typeof answer === 'function' ? (answer as () => unknown)() : answer;
}
