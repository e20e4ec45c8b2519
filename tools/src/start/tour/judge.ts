import { setTimeout as sleep } from 'node:timers/promises';
import { BookRide, CancelBooking } from '@longhaul/contracts';
import type { SandboxEvidence } from '@longhaul/sandbox';
import { check, report, runEvidence, type CallerAnswer, type WorkflowWords } from '@longhaul/sandbox/checker';
import { Client, Connection } from '@temporalio/client';
import { namespace, type Addresses } from '../apps.ts';

const quietMs = 1_000;
const quietWithinMs = 15_000;

/** Holds what the tour has left behind against the invariants; true when the checker has nothing to say. */
export async function judge(addresses: Addresses, answers: readonly CallerAnswer[]): Promise<boolean> {
  const sandbox = await evidenceAtRest(addresses.sandbox);
  const runs = await runsOf(addresses.temporal, answers);
  const contracts = [BookRide, CancelBooking] as unknown as readonly WorkflowWords[];
  const violations = check({ sandbox, runs, answers }, { contracts });
  console.log(`The checker looked at ${runs.length} runs and ${sandbox.journal.length} effects of the services.`);
  console.log(report(violations));
  return violations.length === 0;
}

/** A slow call may still be on its way when the last case has ended. */
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

async function runsOf(address: string, answers: readonly CallerAnswer[]) {
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection, namespace });
    const started = answers.flatMap(({ call, workflowId, runId }) =>
      call === 'start' && runId ? [{ workflowId, runId }] : [],
    );
    return await Promise.all(
      started.map(async ({ workflowId, runId }) => {
        const history: unknown = await client.workflow.getHandle(workflowId, runId).fetchHistory();
        return runEvidence(JSON.parse(JSON.stringify(history)), { workflowId, runId });
      }),
    );
  } finally {
    await connection.close();
  }
}
