import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { z } from 'zod';
import type { Database } from './database/queries.ts';
import { badRequest, fieldErrors, problemType } from './http/problem.ts';
import { Name } from './values.ts';

const tokenAudience = 'longhaul';
const algorithm = 'ES256';
const lifetimeSeconds = 12 * 3_600;

export const issuerSchema: readonly string[] = [
  `create table if not exists issuer_keys (
     key_id text primary key, private_jwk jsonb not null, made bigint generated always as identity)`,
];

const TokenRequest = z.strictObject({ sub: Name, scope: z.string().max(1_000).optional() });

export interface Issuer {
  readonly token: (sub: string, scope?: string) => Promise<string>;
}

/** Issues a token to every caller, in place of a company's identity provider. */
export async function openIssuer(app: FastifyInstance, database: Database, url: () => string): Promise<Issuer> {
  const { keyId, jwk } = await signingKey(database);
  const privateKey = await importJWK(jwk, algorithm);
  const { kty, crv, x, y } = jwk;
  const jwks = { keys: [{ kty, crv, x, y, kid: keyId, alg: algorithm, use: 'sig' }] };

  // Real time, whatever the clock of the sandbox, because tokens are checked with other clocks.
  const token = (sub: string, scope = '') =>
    new SignJWT({ scope })
      .setProtectedHeader({ alg: algorithm, kid: keyId, typ: 'JWT' })
      .setIssuer(url())
      .setAudience(tokenAudience)
      .setSubject(sub)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(privateKey);

  app.get('/issuer/.well-known/jwks.json', () => jwks);
  app.get('/issuer/.well-known/openid-configuration', () => ({
    issuer: url(),
    jwks_uri: `${url()}/.well-known/jwks.json`,
    token_endpoint: `${url()}/token`,
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [algorithm],
  }));
  app.post('/issuer/token', async (request, reply) => {
    const asked = TokenRequest.safeParse(request.body ?? {});
    if (!asked.success)
      return reply
        .code(400)
        .type(problemType)
        .send(JSON.stringify(badRequest(fieldErrors(asked.error))));
    const { sub, scope = '' } = asked.data;
    return { access_token: await token(sub, scope), token_type: 'Bearer', expires_in: lifetimeSeconds, scope };
  });
  return { token };
}

/** Stored in the database, so that tokens stay valid after a restart. */
async function signingKey(database: Database): Promise<{ keyId: string; jwk: JWK }> {
  const known = await oldestKey(database);
  if (known) return known;
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  await database.query(`insert into issuer_keys (key_id, private_jwk) values ($1, $2::jsonb)`, [
    randomUUID(),
    JSON.stringify(jwk),
  ]);
  // Another sandbox on the same database may have created it first.
  return (await oldestKey(database)) as { keyId: string; jwk: JWK };
}

async function oldestKey(database: Database): Promise<{ keyId: string; jwk: JWK } | undefined> {
  const [row] = await database.query<{ key_id: string; private_jwk: JWK }>(
    `select key_id, private_jwk from issuer_keys order by made limit 1`,
  );
  return row && { keyId: row.key_id, jwk: row.private_jwk };
}
