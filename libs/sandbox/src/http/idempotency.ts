import { createHash } from 'node:crypto';
import type { Queries } from '../database/queries.ts';
import type { Call } from './calls.ts';

export type Claim =
  | { readonly claim: 'first' }
  | { readonly claim: 'repeat'; readonly status: number; readonly body: unknown }
  | { readonly claim: 'reused' };

/** Claims the key for this request, or returns the earlier answer. A concurrent request with the same key waits here. */
export async function claimKey(
  tx: Queries,
  { service, key }: Pick<Call, 'service'> & { key: string },
  digest: string,
): Promise<Claim> {
  const taken = await tx.query(
    `insert into answers (service, key, digest) values ($1, $2, $3) on conflict (service, key) do nothing returning key`,
    [service, key, digest],
  );
  if (taken.length > 0) return { claim: 'first' };
  const [first] = await tx.query<{ digest: string; status: number; body: unknown }>(
    `select digest, status, body from answers where service = $1 and key = $2`,
    [service, key],
  );
  if (!first) throw new Error(`The answer to a known key is missing [service: ${service}, key: ${key}]`);
  if (first.digest !== digest) return { claim: 'reused' };
  return { claim: 'repeat', status: first.status, body: first.body };
}

/** The body was parsed by its schema, which sorts the fields. */
export function digestOf(route: string, params: unknown, body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([route, params, body]))
    .digest('base64');
}
