import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordWait } from '../deep/record.ts';
import type { Addresses } from './apps.ts';

export interface Asked {
  readonly user: string;
  readonly path: string;
  /** With one it is a POST, without one a GET. */
  readonly body?: unknown;
  readonly key?: string;
  /** With the scope of those who mend runs. */
  readonly operations?: boolean;
}

export interface HttpAnswer {
  /** Null when none came. */
  readonly status: number | null;
  readonly body?: unknown;
  readonly correlationId?: string;
}

/** The API refused: asking again would not help. */
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
  /** The tokens that it carries: they may turn up nowhere. */
  readonly secrets: readonly string[];
}

/** A client of the gateway with a token for each user, and the patience to ask again what may be asked again. */
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

/** An answer of 500 is none of these: it is never to be expected. */
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
