import {
  InputConflict,
  inputDigest,
  InvalidInput,
  ownerDigest,
  WorkflowsDisabled,
  type StartedRun,
  type StartOptions,
} from '@longhaul/client';
import { check, type WorkflowContract } from '@longhaul/contracts';
import { fakeRunHandle, reach, type FakeRun, type FakeTemporal } from './fake-run-handle.fixture.ts';
import type { LonghaulClient } from './routes/route.ts';

export interface FakeLonghaul extends LonghaulClient, FakeTemporal {
  readonly run: (workflowId: string) => FakeRun;
  /** Ends a run. */
  readonly end: (workflowId: string, ended?: FakeRun['description']['ended']) => void;
}

interface FakeOptions {
  /** `false` refuses starts. Default: true. */
  readonly enabled?: boolean;
  /** What a worker answers to updates of started runs. Default: there is no worker. */
  readonly answers?: FakeRun['answers'];
}

/** The client with a map in place of Temporal: one run for an id, the same input joins it, another one is refused. */
export function fakeLonghaul({ enabled = true, answers = {} }: FakeOptions = {}): FakeLonghaul {
  const temporal: FakeTemporal = { runs: new Map(), calls: [], answered: new Map(), away: false };
  const { runs } = temporal;

  async function start<C extends WorkflowContract>(
    contract: C,
    given: unknown,
    { owner, correlationId = 'none', waitMs }: StartOptions = {},
  ): Promise<StartedRun<C>> {
    if (!enabled) throw new WorkflowsDisabled();
    const checked = check(contract.input, given);
    if (!checked.ok) throw new InvalidInput('input', checked.issues);
    const input = checked.value;
    await reach(temporal, 'start', { type: contract.type, input, owner, correlationId, waitMs });
    const workflowId = contract.id.of(input);
    const digest = inputDigest(input);
    const memo = {
      inputDigest: digest,
      correlationId,
      fastPath: true,
      ...(owner !== undefined && { owner: ownerDigest(owner) }),
    };
    const known = runs.get(workflowId);
    const own = known?.description.memo?.owner === memo.owner;
    if (known && !(own && known.description.memo?.inputDigest === digest)) {
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
      answers,
    };
    runs.set(workflowId, run);
    return { ...fakeRunHandle<C>(temporal, workflowId), runId: run.description.runId, firstStart: !known };
  }

  const run = (workflowId: string): FakeRun => {
    const known = runs.get(workflowId);
    if (!known) throw new Error(`No run of this id was started [${workflowId}]`);
    return known;
  };
  return Object.assign(temporal, {
    run,
    end(workflowId: string, ended: FakeRun['description']['ended'] = 'completed') {
      const known = run(workflowId);
      known.description = { ...known.description, ended, endedAt: '2026-11-21T08:01:00.000Z' };
    },
    check: () => reach(temporal, 'check', {}),
    handle: <C extends WorkflowContract>(_contract: C, workflowId: string) => fakeRunHandle<C>(temporal, workflowId),
    start,
    startWithUpdate: (async (contract, input, { name, input: message, ...update }, options) => {
      const started = await start(contract, input, options);
      return { run: started, answer: await started.update(name, message, update) };
    }) satisfies LonghaulClient['startWithUpdate'],
  });
}
