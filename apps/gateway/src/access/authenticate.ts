import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { comeAgain, Problem } from '../http/problem.ts';

/** The sender of a request, according to the token. */
export interface Caller {
  readonly sub: string;
  readonly scopes: ReadonlySet<string>;
}

export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

interface IssuerSettings {
  readonly issuer: string;
  readonly audience: string;
  /** Default: the URL in the issuer's OpenID configuration. */
  readonly jwksUrl?: string | undefined;
}

/** Only signatures that need the issuer's private key: not `none`, and no shared secrets. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const clockToleranceSeconds = 5;
const fetchTimeoutMs = 2_000;

/** Errors that mean an invalid token. All other errors mean that the issuer does not answer. */
const badToken = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

/** Checks bearer tokens of one OpenID issuer. Its keys are fetched at the first token and cached. */
export function authenticator({ issuer, audience, jwksUrl }: IssuerSettings): Authenticate {
  let keys: JWTVerifyGetKey | undefined;
  const keysOfIssuer = async () => {
    keys ??= createRemoteJWKSet(new URL(jwksUrl ?? (await jwksUrlOf(issuer))), { timeoutDuration: fetchTimeoutMs });
    return keys;
  };

  return async (authorization) => {
    const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw unauthorized('There is no bearer token in the header "authorization".', 'Bearer');
    try {
      const { payload } = await jwtVerify(token, await keysOfIssuer(), {
        issuer,
        audience,
        algorithms,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: clockToleranceSeconds,
      });
      return callerOf(payload);
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (badToken.some((kind) => error instanceof kind)) throw invalidToken(error);
      throw comeAgain('issuer-unavailable', 'The token could not be checked: its issuer does not answer.', 5, error);
    }
  };
}

/** The subjects that OpenID allows, without control characters, because subjects are logged and recorded. */
const Subject = z.string().regex(/^\P{C}{1,255}$/u);

function callerOf({ sub: given, scope, scp }: JWTPayload): Caller {
  // The type of the claim has not been checked.
  const { data: sub } = Subject.safeParse(given);
  if (sub === undefined) throw invalidToken();
  // Some issuers send a list named `scp` instead.
  const granted = typeof scope === 'string' ? scope.split(' ') : Array.isArray(scp) ? scp : [];
  return { sub, scopes: new Set(granted.filter((name): name is string => typeof name === 'string' && name !== '')) };
}

function invalidToken(cause?: unknown): Problem {
  const detail = 'The token is not valid here: expired, not yet valid, of another issuer, or not signed by it.';
  return unauthorized(detail, 'Bearer error="invalid_token"', cause);
}

function unauthorized(detail: string, challenge: string, cause?: unknown): Problem {
  return new Problem('invalid-token', detail, { headers: { 'www-authenticate': challenge }, cause });
}

const OpenIdConfiguration = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

async function jwksUrlOf(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs), redirect: 'error' });
  if (!response.ok) throw new Error(`The issuer's configuration was answered with ${response.status} [${url}]`);
  const configuration = OpenIdConfiguration.parse(await response.json());
  if (configuration.issuer !== issuer) {
    throw new Error(`The issuer's configuration names another issuer [${configuration.issuer} at ${url}]`);
  }
  return configuration.jwks_uri;
}
