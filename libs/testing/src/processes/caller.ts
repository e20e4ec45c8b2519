import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordWait } from '../deep/record.ts';
import type { Addresses } from './apps.ts';

export interface Asked {
  readonly user: string;
  readonly path: string;
  /** With a body the request is a POST, without one a GET. */
  readonly body?: unknown;
  readonly key?: string;
  /** With the scope `operations`. */
  readonly operations?: boolean;
}

export interface HttpAnswer {
  /** Null if there was no answer. */
  readonly status: number | null;
  readonly body?: unknown;
  readonly correlationId?: string;
}

/** The API refused the request, and a retry would not help. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number | null;

  constructor({ path, body: sent }: Asked, { status, body }: HttpAnswer) {
    const asked = `${sent === undefined ? 'GET' : 'POST'} ${path}`;
    super(`${asked} was answered with ${status ?? 'nothing'}: ${JSON.stringify(body)}`);
    this.status = status;
  }
}

const requestTimeoutMs = 40_000;
const askAgainMs = 500;
const usualAnswerMs = 3_000;
const operations = 'operations';

export interface Caller {
  readonly ask: (asked: Asked, hear?: (answer: HttpAnswer) => void) => Promise<HttpAnswer>;
  /** The tokens that it sends, which must not appear in any log or history. */
  readonly secrets: readonly string[];
}

/** A client of the gateway with a token for each user. It retries what may be retried. */
export function createCaller({ gateway, sandbox }: Pick<Addresses, 'gateway' | 'sandbox'>, patienceMs: number): Caller {
  const secrets: string[] = [];
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (user: string, scope?: string) => {
    const name = `${user} ${scope ?? ''}`;
    const token = tokens.get(name) ?? issueToken(sandbox, user, scope);
    tokens.set(name, token);
    return token;
  };

  const ask: Caller['ask'] = async (asked, hear) => {
    const correlationId = randomUUID();
    const token = await tokenOf(asked.user, asked.operations ? operations : undefined);
    if (!secrets.includes(token)) secrets.push(token);
    const askedAt = Date.now();
    const giveUpAt = askedAt + patienceMs;
    for (let tries = 1; ; tries += 1) {
      const answer = await send(gateway, asked, {
        authorization: `Bearer ${token}`,
        'x-correlation-id': correlationId,
      });
      hear?.({ ...answer, correlationId });
      if (answer.status !== null && answer.status < 300) {
        if (tries > 1)
          recordWait(
            `an answer to ${asked.path.replace(/[^/]*-[^/]*\d[^/]*/g, ':id')}`,
            Date.now() - askedAt,
            usualAnswerMs,
          );
        return answer;
      }
      if (!mayAskAgain(answer) || Date.now() > giveUpAt) throw new Refused(asked, answer);
      await sleep(askAgainMs);
    }
  };
  return { ask, secrets };
}

/** 500 is not among these, because it must never occur. */
function mayAskAgain({ status }: HttpAnswer): boolean {
  return status === null || [429, 502, 503, 504].includes(status);
}

async function send(gateway: string, { path, body, key }: Asked, headers: Record<string, string>): Promise<HttpAnswer> {
  try {
    const response = await fetch(`${gateway}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text) as unknown };
  } catch (error) {
    return { status: null, body: error instanceof Error ? error.message : String(error) };
  }
}

/** A bearer token from the sandbox's issuer, valid for hours. */
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
