import { randomUUID } from 'node:crypto';
import { answerTo, CorrelationId, type InputOf, type RunMemo, type WorkflowContract } from '@longhaul/contracts';
import { type Client, WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { z } from 'zod';
import { accept } from './accept.ts';
import { describeRun, type RunDescription } from './describe.ts';
import { inputDigest, ownerDigest, startDigest } from './digest.ts';
import { InputConflict } from './errors.ts';
import type { Temporal } from './temporal.ts';

export interface StartOptions {
  /**
   * Whose run it is. Only a digest of it is kept, in the memo. Default: the field of the input that the contract names,
   * and nobody where it names a record.
   */
  readonly owner?: string | undefined;
  /** Ties the run to the request that caused it, down to the last downstream call. Default: a new one. */
  readonly correlationId?: string | undefined;
  /** `false` runs each step as a regular activity. Default: true. */
  readonly fastPath?: boolean | undefined;
  /** How long Temporal has to answer, in milliseconds. Default: 5,000. */
  readonly waitMs?: number | undefined;
}

/** A run that is there, and whether this call made it. */
export interface Started {
  readonly workflowId: string;
  readonly runId: string;
  readonly firstStart: boolean;
}

/** A start that has been checked and can be sent. */
export interface StartRequest {
  readonly type: string;
  readonly startsAnewAfter: readonly string[];
  readonly memo: RunMemo;
  readonly waitMs: number;
  readonly options: {
    readonly workflowId: string;
    readonly taskQueue: string;
    readonly args: [unknown];
    readonly memo: Record<string, unknown>;
    readonly workflowIdReusePolicy: 'REJECT_DUPLICATE';
  };
}

const startWaitMs = 5_000;

export function startRequest<C extends WorkflowContract>(
  contract: C,
  given: z.input<C['input']>,
  { correlationId = randomUUID(), fastPath = true, waitMs = startWaitMs, ...options }: StartOptions,
): StartRequest {
  const input = accept(`input of ${contract.type}`, contract.input, given) as InputOf<C>;
  accept('correlation id', CorrelationId, correlationId);
  const owner = options.owner ?? ownerIn(contract, input);
  const memo: RunMemo = {
    inputDigest: startDigest(contract.input, input),
    ...(owner !== undefined && { owner: ownerDigest(owner) }),
    correlationId,
    fastPath,
  };
  return {
    type: contract.type,
    startsAnewAfter: contract.startsAnewAfter ?? [],
    memo,
    waitMs,
    options: {
      workflowId: contract.id.of(input),
      taskQueue: contract.queue,
      args: [input],
      memo: { ...memo },
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    },
  };
}

function ownerIn({ http }: WorkflowContract, input: unknown): string | undefined {
  if (http.start === undefined || !('field' in http.owner)) return undefined;
  return String((input as Record<string, unknown>)[http.owner.field]);
}

/** One call to Temporal when the run is new; a second one looks at the run that is there already. */
export async function start(temporal: Temporal, request: StartRequest, anew = false): Promise<Started> {
  const { workflowId } = request.options;
  try {
    const handle = await temporal.call(`starting ${request.type} [${workflowId}]`, request.waitMs, (client) =>
      client.workflow.start(request.type, {
        ...request.options,
        ...(anew && { workflowIdReusePolicy: 'ALLOW_DUPLICATE' }),
        workflowIdConflictPolicy: 'FAIL',
      }),
    );
    return { workflowId, runId: handle.firstExecutionRunId, firstStart: true };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const existing = await describeRun(temporal, workflowId, request.waitMs);
    if (!anew && (await decidedNothing(temporal, request, existing))) return start(temporal, request, true);
    return joined(request, existing);
  }
}

/** A run that ended without having found what it is about stands in nobody's way, whoever started it. */
async function decidedNothing(
  temporal: Temporal,
  { type, startsAnewAfter, waitMs }: StartRequest,
  existing: RunDescription,
): Promise<boolean> {
  const { workflowId, runId, ended } = existing;
  if (existing.type !== type || ended !== 'completed' || startsAnewAfter.length === 0) return false;
  const outcome = await temporal.call(`reading how a run ended [${workflowId}]`, waitMs, (client): Promise<unknown> =>
    client.workflow.getHandle(workflowId, runId).result(),
  );
  return startsAnewAfter.includes(String((outcome as { status?: unknown } | null)?.status));
}

/** A run that is never there without the update. `undefined` when one is there already: the update is then its own call. */
export async function startWithUpdate(
  temporal: Temporal,
  request: StartRequest,
  update: { readonly name: string; readonly message: unknown; readonly updateId: string | undefined },
  signal: AbortSignal,
): Promise<{ readonly runId: string; readonly answer: unknown } | undefined> {
  const { workflowId } = request.options;
  const startWorkflowOperation = new WithStartWorkflowOperation(request.type, {
    ...request.options,
    workflowIdConflictPolicy: 'FAIL',
  });
  const what = `starting ${request.type} with an update [${workflowId}]`;
  try {
    const send = async (client: Client) => {
      const sent = await client.workflow.startUpdateWithStart(update.name, {
        args: [update.message],
        ...(update.updateId && { updateId: update.updateId }),
        waitForStage: 'ACCEPTED',
        startWorkflowOperation,
      });
      const answer: unknown = await answerTo(sent.result());
      return { runId: sent.workflowRunId ?? '', answer };
    };
    return await temporal.call(what, request.waitMs, send, signal);
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
    throw error;
  }
}

/**
 * Temporal looks for the update's id in the run of this id before it looks at the conflict policy. So the id also names
 * whose start it belongs to, and of what: only a run that was started so can have the answer.
 */
export function updateIdOf({ type, memo }: StartRequest, updateId: string | undefined): string | undefined {
  return updateId && `${updateId}-${inputDigest([type, memo.inputDigest, memo.owner ?? ''])}`;
}

/** The same id with the same input and owner is the same run; with another one it is refused. */
export function joined({ type, memo, options: { workflowId } }: StartRequest, existing: RunDescription): Started {
  // Whoever does not own the run learns nothing about what it was started with.
  const own = existing.memo?.owner === memo.owner;
  if (own && existing.type === type && existing.memo?.inputDigest === memo.inputDigest) {
    return { workflowId, runId: existing.runId, firstStart: false };
  }
  throw new InputConflict(workflowId, memo.inputDigest, own ? existing.memo?.inputDigest : undefined);
}
