import type { Effect } from '@longhaul/checker';
import type { z } from 'zod';
import type { Queries } from '../database/queries.ts';
import { problem } from './problem.ts';

/** An operation with an `Idempotency-Key`. It happens in one transaction, in which its answer is stored, too. */
export interface Operation<Body = unknown> {
  readonly route: `POST /${string}`;
  readonly body: z.ZodType<Body>;
  /** The users and buses in the body, whose names may be typed failures. */
  readonly names?: (body: Body) => readonly string[];
  readonly work: (order: Order<Body>) => Promise<Outcome>;
  /** A repeat is done again, because the answer shows the present state. The operation itself must have no second effect. */
  readonly answersAfresh?: boolean;
  /** Called after the commit. The answer does not wait for it. */
  readonly afterCommit?: () => void;
}

/** A read. It changes nothing and needs no key. */
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

/** A refusal is an outcome, too: it is stored and sent again to repeats. A fault is thrown. */
export interface Outcome {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly effects?: readonly Effect[];
  /** What the service did on its own at the same time, such as ending an expired hold. */
  readonly housekeeping?: readonly Effect[];
}

export interface ServiceRoutes {
  readonly operations: readonly Operation[];
  readonly reads?: readonly Read[];
}

/** Checks that body and schema of an operation have the same type. Afterwards the type is not needed: the pipeline parses. */
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
