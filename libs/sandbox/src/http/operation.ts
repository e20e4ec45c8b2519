import type { Effect } from '@longhaul/checker';
import type { z } from 'zod';
import type { Queries } from '../database/queries.ts';
import { problem } from './problem.ts';

/** What a service does under an `Idempotency-Key`. All of it happens in one transaction, together with its answer. */
export interface Operation<Body = unknown> {
  readonly route: `POST /${string}`;
  readonly body: z.ZodType<Body>;
  /** The users and buses in the body, which may be named after a failure. */
  readonly names?: (body: Body) => readonly string[];
  readonly work: (order: Order<Body>) => Promise<Outcome>;
  /** A repeat is worked again, because its answer is about how things stand. The work itself sees to having no second effect. */
  readonly answersAfresh?: boolean;
  /** What the answer does not wait for. */
  readonly afterCommit?: () => void;
}

/** A question. It changes nothing and needs no key. */
export interface Read {
  readonly route: `GET /${string}`;
  readonly work: (order: Pick<Order<undefined>, 'params' | 'tx'>) => Promise<Outcome>;
}

interface Order<Body> {
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly key: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly tx: Queries;
}

/** A refusal is an outcome like any other: it is stored and answered again. A fault is thrown. */
export interface Outcome {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly effects?: readonly Effect[];
  /** What the service did by itself on the way, like a hold that it found lapsed. */
  readonly housekeeping?: readonly Effect[];
}

export interface ServiceRoutes {
  readonly operations: readonly Operation[];
  readonly reads?: readonly Read[];
}

/** Ties the type of an operation's body to its schema, then forgets it: the pipeline parses before it calls. */
export function operation<Body>(definition: Operation<Body>): Operation {
  return definition as unknown as Operation;
}

export function done(status: number, body: unknown, effects: readonly Effect[] = []): Outcome {
  return { status, body, effects };
}

export function refused(
  status: number,
  code: string,
  detail: string,
  also: Pick<Outcome, 'effects' | 'housekeeping'> = {},
): Outcome {
  return { status, body: problem(status, code, detail), ...also };
}
