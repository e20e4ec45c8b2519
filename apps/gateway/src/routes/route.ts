import type { Longhaul } from '@longhaul/client';
import type { InputOf, StartableContract, WorkflowContract } from '@longhaul/contracts';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Caller } from '../access/authenticate.ts';
import type { HoldPoll } from '../access/long-polls.ts';
import type { RecordOwners } from '../access/owner.ts';
import type { ProblemCode } from '../http/problem.ts';

/** The part of the client that the gateway uses. */
export type LonghaulClient = Pick<Longhaul, 'start' | 'startWithUpdate' | 'handle' | 'check'>;

/** The owner of the run, and the correlation id of its start. */
export interface OwnedStart {
  readonly owner: string;
  readonly correlationId: string;
}

type QueueableContract = StartableContract & { readonly http: { readonly mayBeQueued: true } };

/** Starts the runs of one contract through a queue. Without a `runId` in the answer, the run is not started yet. */
export interface WayToStart<C extends QueueableContract = QueueableContract> {
  readonly contract: C;
  start(input: InputOf<C>, options: OwnedStart): Promise<{ readonly workflowId: string; readonly runId?: string }>;
}

/** The dependencies of the routes. */
export interface GatewayContext {
  readonly longhaul: LonghaulClient;
  readonly recordOwners: RecordOwners;
  /** Runs of all other contracts are started directly at Temporal. */
  readonly waysToStart: readonly WayToStart[];
  readonly holdPoll: HoldPoll;
  /** Aborted at SIGTERM, so that long polls end. */
  readonly stopping: AbortSignal;
}

/** One route of the API: what it does, and what OpenAPI says about it. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** `:name` is a parameter. */
  readonly path: string;
  readonly contract: WorkflowContract;
  readonly summary: string;
  readonly operation: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: z.ZodType;
  /** Fields that are or may be in the path instead of the body. */
  readonly notInBody?: readonly string[];
  /** Fields of the body that a header may replace. */
  readonly notNeeded?: readonly string[];
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema: z.ZodType }>>;
  readonly problems: readonly ProblemCode[];
  handle(context: GatewayContext, request: Request, reply: FastifyReply): Promise<unknown>;
}

export interface Parameter {
  readonly in: 'query' | 'header';
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodType;
}

interface Request {
  readonly caller: Caller;
  readonly correlationId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
}
