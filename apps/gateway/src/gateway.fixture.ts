import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { pino } from 'pino';
import { beforeAll, beforeEach } from 'vitest';
import { authenticator } from './access/authenticate.ts';
import { recordOwners } from './access/owner.ts';
import { fakeLonghaul, type FakeLonghaul } from './fake-longhaul.fixture.ts';
import { createGateway, type GatewayOptions } from './gateway.ts';
import { bookingRecords, paymentRecords } from './records.fixture.ts';

/** An OpenID issuer on a port of its own. */
export async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  const server: Server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/jwks') response.end(JSON.stringify({ keys: [key] }));
    else response.end(JSON.stringify({ issuer: url(), jwks_uri: `${url()}/jwks` }));
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const token = (
    claims: JWTPayload,
    { signedWith = privateKey, expires = true }: { signedWith?: CryptoKey; expires?: boolean } = {},
  ) =>
    new SignJWT({ iss: url(), aud: 'longhaul', ...(expires && { exp: inTenMinutes() }), ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .sign(signedWith);
  return {
    url: url(),
    token,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const inTenMinutes = () => Math.floor(Date.now() / 1_000) + 600;

export type TestIssuer = Awaited<ReturnType<typeof startIssuer>>;

interface TestOptions extends Partial<
  Pick<
    GatewayOptions,
    | 'recordOwners'
    | 'waysToStart'
    | 'paystack'
    | 'requestsPerMinute'
    | 'longPolls'
    | 'maxConnections'
    | 'patience'
    | 'metrics'
  >
> {
  readonly longhaul?: FakeLonghaul;
}

/** The gateway with a fake client, and its log lines. */
export async function testGateway(issuer: TestIssuer, { longhaul = fakeLonghaul(), ...options }: TestOptions = {}) {
  const logged: string[] = [];
  const app = await createGateway({
    longhaul,
    authenticate: authenticator({ issuer: issuer.url, audience: 'longhaul' }),
    recordOwners: recordOwners({ bookings: bookingRecords, payments: paymentRecords }),
    log: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }),
    ...options,
  });
  return { app, longhaul, logged };
}

/** The fields that a problem document names, without repeats. */
export function pointersOf(body: string): string[] {
  const { errors } = JSON.parse(body) as { readonly errors: readonly { readonly pointer: string }[] };
  return [...new Set(errors.map(({ pointer }) => pointer))].toSorted();
}

type Body = NonNullable<InjectOptions['payload']>;

/** A gateway for each test of one file, and an issuer for all of them. */
export function gatewayForEachTest(options: () => TestOptions = () => ({})) {
  let issuer: TestIssuer;
  let current: Awaited<ReturnType<typeof testGateway>>;

  beforeAll(async () => {
    issuer = await startIssuer();
    return async () => {
      await issuer.close();
    };
  });
  beforeEach(async () => {
    current = await testGateway(issuer, options());
    return () => current.app.close();
  });

  const bearer = async (sub = 'u-ada', scope = '') => `Bearer ${await issuer.token({ sub, scope })}`;
  return {
    get issuer(): TestIssuer {
      return issuer;
    },
    get app(): FastifyInstance {
      return current.app;
    },
    get longhaul(): FakeLonghaul {
      return current.longhaul;
    },
    get logged(): readonly string[] {
      return current.logged;
    },
    bearer,
    get: async (url: string, authorization?: string) =>
      current.app.inject({ url, headers: { authorization: authorization ?? (await bearer()) } }),
    /** By default with a token of the user `u-ada`. */
    post: async (url: string, payload?: Body, headers: Readonly<Record<string, string>> = {}) =>
      current.app.inject({
        method: 'POST',
        url,
        headers: { authorization: await bearer(), ...headers },
        ...(payload !== undefined && { payload }),
      }),
  };
}

export const ride = {
  requestId: 'r-1',
  user: 'u-ada',
  bus: 'b-7',
  segment: { from: 'Lagos', to: 'Ibadan' },
  departureAt: '2027-01-04T08:00:00Z',
  quoteId: 'q-1',
  fare: { amount: 450_000, currency: 'NGN' },
} as const;
