import { ownerDigest, RunNotFound, type RunDescription } from '@longhaul/client';
import type { WorkflowContract } from '@longhaul/contracts';
import { notFound, Problem, type ProblemCode } from '../http/problem.ts';
import type { LonghaulClient } from '../routes/route.ts';
import type { Caller } from './authenticate.ts';

/** The scope of operators: they see all runs and may send all messages. */
export const operationsScope = 'operations';

/** Usually milliseconds, under load up to seconds: refused sooner, the caller would only retry. */
const describeWaitMs = 3_000;

/** Only the run knows who takes part in it. Without a worker, the caller is told to ask again. */
const participantWaitMs = 3_000;

/** The run, if it exists and the caller may see it. Otherwise "not found", so that nobody learns of another user's run. */
export async function visibleRun(
  longhaul: LonghaulClient,
  contract: WorkflowContract,
  caller: Caller,
  workflowId: string,
): Promise<RunDescription> {
  if (contract.id.parse(workflowId) === undefined) throw notFound();
  try {
    const run = await longhaul.handle(contract, workflowId).describe({ waitMs: describeWaitMs });
    if (run.type === contract.type && (await mayAsk(longhaul, contract, caller, run))) return run;
  } catch (error) {
    if (!(error instanceof RunNotFound)) throw error;
  }
  throw notFound();
}

async function mayAsk(
  longhaul: LonghaulClient,
  contract: WorkflowContract,
  caller: Caller,
  run: RunDescription,
): Promise<boolean> {
  if (isOwner(contract, caller, run) || caller.scopes.has(operationsScope)) return true;
  if (contract.http.participantMessages === undefined) return false;
  return longhaul.handle(contract, run.workflowId).takesPart(caller.sub, { waitMs: participantWaitMs });
}

/** What can happen when the run has to be asked who takes part in it. */
export const whenAsked = ({ http }: WorkflowContract): readonly ProblemCode[] =>
  http.participantMessages === undefined ? [] : ['no-worker-answer'];

export function checkMaySend(contract: WorkflowContract, caller: Caller, run: RunDescription, message: string): void {
  if (caller.scopes.has(operationsScope)) return;
  const { ownerMessages, participantMessages = [] } = contract.http;
  // The run itself judges what its participants say.
  if (participantMessages.includes(message)) return;
  if (ownerMessages.includes(message) && isOwner(contract, caller, run)) return;
  throw new Problem('not-allowed', `The token does not allow this: "${message}" needs the scope ${operationsScope}.`);
}

function isOwner({ http }: WorkflowContract, caller: Caller, run: RunDescription): boolean {
  return caller.scopes.has(http.anyOwnerScope) || run.memo?.owner === ownerDigest(caller.sub);
}
