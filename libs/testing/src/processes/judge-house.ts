import { setTimeout as sleep } from 'node:timers/promises';
import { contracts } from '@longhaul/contracts';
import type { SandboxEvidence } from '@longhaul/sandbox';
import {
  check,
  type CallerAnswer,
  type RunEvidence,
  type Violation,
  type WorkerExit,
  type WorkflowWords,
} from '@longhaul/sandbox/checker';
import { Client, Connection } from '@temporalio/client';
import { evidenceOfRun } from '../judge.ts';
import { namespace, type Addresses } from './apps.ts';
import type { HouseApi } from './house-api.ts';

export interface Verdict {
  readonly sandbox: SandboxEvidence;
  readonly runs: readonly RunEvidence[];
  readonly violations: readonly Violation[];
}

const quietMs = 1_000;
const quietWithinMs = 15_000;

/** Holds what a house of processes has left behind against the invariants, once it has come to rest. */
export async function judgeHouse(
  addresses: Pick<Addresses, 'sandbox' | 'temporal'>,
  { answers, secrets }: Pick<HouseApi, 'answers' | 'secrets'>,
  workers: readonly WorkerExit[] = [],
): Promise<Verdict> {
  const sandbox = await evidenceAtRest(addresses.sandbox);
  const runs = await withClient(addresses.temporal, (client) => runsOf(client, answers));
  const words = contracts as unknown as readonly WorkflowWords[];
  const evidence = { sandbox, runs, answers, workers };
  return { sandbox, runs, violations: check(evidence, { contracts: words, canaries: secrets }) };
}

/** A slow call may still be on its way when the last run has ended. */
async function evidenceAtRest(sandbox: string): Promise<SandboxEvidence> {
  const giveUpAt = Date.now() + quietWithinMs;
  let before = await evidenceOf(sandbox);
  for (;;) {
    await sleep(quietMs);
    const now = await evidenceOf(sandbox);
    const quiet = now.calls.length === before.calls.length && now.journal.length === before.journal.length;
    if (quiet || Date.now() > giveUpAt) return now;
    before = now;
  }
}

export async function evidenceOf(sandbox: string): Promise<SandboxEvidence> {
  const response = await fetch(`${sandbox}/evidence`);
  if (!response.ok) throw new Error(`The sandbox gave no evidence [${sandbox}]: ${response.status}`);
  return (await response.json()) as SandboxEvidence;
}

/** Of every run that a caller was told of, and of every other one that the house has begun by itself. */
async function runsOf(client: Client, answers: readonly CallerAnswer[]): Promise<RunEvidence[]> {
  const known = new Set(
    answers.flatMap(({ call, workflowId, runId }) => (call === 'start' && runId ? [workflowId] : [])),
  );
  for await (const { workflowId } of client.workflow.list()) known.add(workflowId);
  return Promise.all([...known].map((id) => evidenceOfRun(client.workflow.getHandle(id))));
}

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}
