import { BookRide, CancelAnswer, CancelBooking, RunStatus, type BookRideInput } from '@longhaul/contracts';
import { z } from 'zod';
import type { Addresses } from '../apps.ts';

/** The HTTP API as a caller uses it, and what each of its answers was. */
export interface HouseApi {
  book(ride: BookRideInput): Promise<Run>;
  cancelBooking(user: string, bookingId: string): Promise<Run>;
  status(run: Run): Promise<RunStatus>;
  /** Of a run that has ended, or is about to. */
  result<Outcome extends z.ZodType>(run: Run, outcome: Outcome): Promise<z.output<Outcome>>;
  cancel(run: Run, reason: string): Promise<CancelAnswer>;
  readonly answers: readonly Answer[];
}

export interface Run {
  readonly workflowId: string;
  readonly runId: string;
  readonly user: string;
  /** The path under which the run is asked for. */
  readonly path: string;
}

const Started = z.object({ workflowId: z.string(), runId: z.string() });

/** One request and what came of it, as the checker wants it. */
export interface Answer {
  readonly call: 'start' | 'status' | 'result' | 'cancel';
  readonly workflowId: string;
  readonly runId?: string;
  readonly status: number;
  readonly input?: unknown;
  readonly body?: unknown;
  readonly caller: { readonly user: string };
}

const requestTimeoutMs = 40_000;
const resultWaitSeconds = 25;

export function houseApi(addresses: Addresses): HouseApi {
  const answers: Answer[] = [];
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (user: string) => {
    const token = tokens.get(user) ?? issueToken(addresses.sandbox, user);
    tokens.set(user, token);
    return token;
  };

  async function call(user: string, method: string, path: string, body?: unknown) {
    const response = await fetch(`${addresses.gateway}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await tokenOf(user)}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return { status: response.status, body: JSON.parse(text) as unknown };
  }

  async function start(user: string, path: string, runs: string, input: unknown): Promise<Run> {
    const { status, body } = await call(user, 'POST', path, input);
    const { workflowId, runId } = Started.parse(body);
    answers.push({ call: 'start', workflowId, runId, status, input, caller: { user } });
    return { workflowId, runId, user, path: `${runs}/${workflowId}` };
  }

  async function ask<Schema extends z.ZodType>(
    asked: Exclude<Answer['call'], 'start'>,
    { workflowId, user, path }: Run,
    schema: Schema,
    body?: unknown,
  ): Promise<z.output<Schema>> {
    const query = asked === 'result' ? `?wait=${resultWaitSeconds}` : '';
    const answer = await call(user, body === undefined ? 'GET' : 'POST', `${path}/${asked}${query}`, body);
    answers.push({ call: asked, workflowId, status: answer.status, body: answer.body, caller: { user } });
    return schema.parse(answer.body);
  }

  return {
    answers,
    book: (ride) => start(ride.user, BookRide.http.start, BookRide.http.runs, ride),
    cancelBooking: (user, bookingId) =>
      start(user, CancelBooking.http.start.replace(':bookingId', bookingId), CancelBooking.http.runs, {}),
    status: (run) => ask('status', run, RunStatus),
    result: (run, outcome) => ask('result', run, outcome),
    cancel: (run, reason) => ask('cancel', run, CancelAnswer, { reason }),
  };
}

/** A bearer token from the sandbox's issuer; it is valid for hours. */
export async function issueToken(sandbox: string, user: string, scope?: string): Promise<string> {
  const response = await fetch(`${sandbox}/issuer/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sub: user, ...(scope && { scope }) }),
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
  if (!response.ok) throw new Error(`The sandbox gave no token [${user}]: ${response.status} ${await response.text()}`);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}
