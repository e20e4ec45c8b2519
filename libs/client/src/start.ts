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
   * The owner of the run. Only its digest is recorded, in the memo. Default: the field of the input that the contract names; no
   * owner if the contract names a record instead.
   */
  readonly owner?: string | undefined;
  /** Connects the run and all its downstream calls with the request that caused it. Default: a new one. */
  readonly correlationId?: string | undefined;
  /** `false` runs each step as a regular activity. Default: true. */
  readonly fastPath?: boolean | undefined;
  /** How long Temporal has to answer, in milliseconds. Default: 5,000. */
  readonly waitMs?: number | undefined;
}

/** A run, and whether this call started it. */
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

/** One call to Temporal if the run is new; a second call reads a run that exists already. */
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

/** A run that ended because it did not find its subject does not block a new start, whoever started it. */
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

/** Starts a run only together with its update. `undefined` if a run exists already: the update is then a separate call. */
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
 * Temporal looks for the update id in an existing run before it applies the conflict policy. So the id also contains the
 * digests of owner and input: otherwise a start by another owner or with another input could get the answer.
 */
export function updateIdOf({ type, memo }: StartRequest, updateId: string | undefined): string | undefined {
  return updateId && `${updateId}-${inputDigest([type, memo.inputDigest, memo.owner ?? ''])}`;
}

/** A repeated start with the same input and owner gets the existing run; any other start with its id is refused. */
export function joined({ type, memo, options: { workflowId } }: StartRequest, existing: RunDescription): Started {
  // Only the owner may learn the digest of the existing run's input.
  const own = existing.memo?.owner === memo.owner;
  if (own && existing.type === type && existing.memo?.inputDigest === memo.inputDigest) {
    return { workflowId, runId: existing.runId, firstStart: false };
  }
  throw new InputConflict(workflowId, memo.inputDigest, own ? existing.memo?.inputDigest : undefined);
}
