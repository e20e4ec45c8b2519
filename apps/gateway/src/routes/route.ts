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

/** For whom a run is started, and what its start is called in logs. */
export interface OwnedStart {
  readonly owner: string;
  readonly correlationId: string;
}

type QueueableContract = StartableContract & { readonly http: { readonly mayBeQueued: true } };

/** Has the runs of one contract started by way of a queue. Without a `runId` the start is under way. */
export interface WayToStart<C extends QueueableContract = QueueableContract> {
  readonly contract: C;
  start(input: InputOf<C>, options: OwnedStart): Promise<{ readonly workflowId: string; readonly runId?: string }>;
}

/** What the routes reach. */
export interface GatewayContext {
  readonly longhaul: LonghaulClient;
  readonly recordOwners: RecordOwners;
  /** Of all other contracts, Temporal is asked to start the run. */
  readonly waysToStart: readonly WayToStart[];
  readonly holdPoll: HoldPoll;
  /** Aborted when the process is asked to stop: long polls end then. */
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
  /** Fields of the body that come from the path, or may. */
  readonly notInBody?: readonly string[];
  /** Fields of the body that a header may stand in for. */
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
