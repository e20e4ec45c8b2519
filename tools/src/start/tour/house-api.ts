import { BookRide, CancelAnswer, CancelBooking, RunReport, type BookRideInput } from '@longhaul/contracts';
import type { CallerAnswer } from '@longhaul/sandbox/checker';
import { z } from 'zod';
import type { Addresses } from '../apps.ts';

/** The HTTP API as a caller uses it, and what each of its answers was. */
export interface HouseApi {
  book(ride: BookRideInput): Promise<Run>;
  cancelBooking(user: string, bookingId: string): Promise<Run>;
  status(run: Run): Promise<RunReport>;
  /** Of a run that has ended, or is about to. */
  result<Outcome extends z.ZodType>(run: Run, outcome: Outcome): Promise<z.output<Outcome>>;
  cancel(run: Run, reason: string): Promise<CancelAnswer>;
  /** Each request and what came of it, in their order. */
  readonly answers: readonly CallerAnswer[];
}

export interface Run {
  readonly workflowId: string;
  readonly runId: string;
  readonly user: string;
  /** The path under which the run is asked for. */
  readonly path: string;
}

const Started = z.object({ workflowId: z.string(), runId: z.string() });

const requestTimeoutMs = 40_000;
const resultWaitSeconds = 25;

export function houseApi(addresses: Addresses): HouseApi {
  const answers: CallerAnswer[] = [];
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
    const correlationId = response.headers.get('x-correlation-id');
    return { status: response.status, body: JSON.parse(text) as unknown, ...(correlationId && { correlationId }) };
  }

  /** `sent`: the input without what the path already says. */
  async function start(user: string, path: string, runs: string, input: unknown, sent = input): Promise<Run> {
    const { body, ...answer } = await call(user, 'POST', path, sent);
    const { workflowId, runId } = Started.parse(body);
    answers.push({ call: 'start', workflowId, runId, input, ...answer, caller: { user } });
    return { workflowId, runId, user, path: `${runs}/${workflowId}` };
  }

  async function ask<Schema extends z.ZodType>(
    asked: Exclude<CallerAnswer['call'], 'start'>,
    { workflowId, user, path }: Run,
    schema: Schema,
    body?: unknown,
  ): Promise<z.output<Schema>> {
    const query = asked === 'result' ? `?wait=${resultWaitSeconds}` : '';
    const answer = await call(user, body === undefined ? 'GET' : 'POST', `${path}/${asked}${query}`, body);
    answers.push({ call: asked, workflowId, ...answer, caller: { user } });
    return schema.parse(answer.body);
  }

  return {
    answers,
    book: (ride) => start(ride.user, BookRide.http.start, BookRide.http.runs, ride),
    cancelBooking: (user, bookingId) =>
      start(
        user,
        CancelBooking.http.start.replace(':bookingId', bookingId),
        CancelBooking.http.runs,
        { bookingId },
        {},
      ),
    status: (run) => ask('status', run, RunReport),
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
