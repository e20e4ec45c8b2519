import { setTimeout as sleep } from 'node:timers/promises';
import {
  check,
  type CallerAnswer,
  type RunEvidence,
  type SandboxEvidence,
  type Violation,
  type WorkerExit,
} from '@longhaul/checker';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { evidenceOfRun, recordHouse, recordViolations } from '../judge.ts';
import { namespace, type Addresses } from './apps.ts';
import type { HouseApi } from './house-api.ts';

export interface Verdict {
  readonly sandbox: SandboxEvidence;
  readonly runs: readonly RunEvidence[];
  readonly violations: readonly Violation[];
}

const quietMs = 1_000;
const quietWithinMs = 20_000;

/**
 * Waits until all processes are at rest, and checks the evidence against the invariants. `since`: a Temporal server that is
 * kept between houses also has the runs of earlier ones, which these services do not know.
 */
export async function judgeHouse(
  addresses: Pick<Addresses, 'sandbox' | 'temporal'>,
  { answers, secrets }: Pick<HouseApi, 'answers' | 'secrets'>,
  { workers = [], since = new Date(0) }: { readonly workers?: readonly WorkerExit[]; readonly since?: Date } = {},
): Promise<Verdict> {
  const { sandbox, runs } = await withClient(addresses.temporal, (client) =>
    findAtRest(lookerAt(addresses.sandbox, client, { answers, since })),
  );
  const evidence = { sandbox, runs, answers, workers };
  const violations = check(evidence, { canaries: secrets });
  recordViolations(violations);
  recordHouse(runs.length, sandbox);
  return { sandbox, runs, violations };
}

interface Look extends Pick<Verdict, 'sandbox' | 'runs'> {
  /** A run has a workflow task that no worker has finished. */
  readonly busy: boolean;
}

/** After the last caller has its answer, a slow call may still be running, and a delivery may not have started. */
async function findAtRest(look: () => Promise<Look>): Promise<Look> {
  const giveUpAt = Date.now() + quietWithinMs;
  for (let before = await look(); ;) {
    await sleep(quietMs);
    const now = await look();
    if ((!now.busy && sizeOf(now) === sizeOf(before)) || Date.now() > giveUpAt) return now;
    before = now;
  }
}

/** The size of the evidence, which only grows: at rest it stays the same. */
function sizeOf({ sandbox: { calls, journal }, runs }: Look): number {
  return runs.reduce((sum, { eventCount }) => sum + 1 + eventCount, calls.length + journal.length);
}

/** Reads the runs first, so that the services have every effect that the runs show. */
function lookerAt(
  sandbox: string,
  client: Client,
  { answers, since }: { readonly answers: readonly CallerAnswer[]; readonly since: Date },
): () => Promise<Look> {
  const query = `StartTime >= '${since.toISOString()}'`;
  const handles = new Map<string, WorkflowHandle>();
  const know = (workflowId: string) => {
    if (!handles.has(workflowId)) handles.set(workflowId, client.workflow.getHandle(workflowId));
  };
  for (const { call, workflowId, runId } of answers) if (call === 'start' && runId) know(workflowId);
  return async () => {
    for await (const { workflowId } of client.workflow.list({ query })) know(workflowId);
    const runs = await Promise.all([...handles.values()].map(evidenceOfRun));
    const going = runs.filter(({ status }) => status === 'running');
    const asked = await Promise.all(going.map(({ workflowId }) => isAskedToGoOn(handles.get(workflowId)!)));
    return { runs, sandbox: await evidenceOf(sandbox), busy: asked.includes(true) };
  };
}

async function isAskedToGoOn(run: WorkflowHandle): Promise<boolean> {
  const { raw } = await run.describe();
  return Boolean(raw.pendingWorkflowTask);
}

export async function evidenceOf(sandbox: string): Promise<SandboxEvidence> {
  const response = await fetch(`${sandbox}/evidence`);
  if (!response.ok) throw new Error(`The sandbox gave no evidence [${sandbox}]: ${response.status}`);
  return (await response.json()) as SandboxEvidence;
}

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}
