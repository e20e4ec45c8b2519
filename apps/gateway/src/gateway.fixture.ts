import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { pino } from 'pino';
import { authenticator } from './access/authenticate.ts';
import { fakeLonghaul, type FakeLonghaul } from './fake-longhaul.fixture.ts';
import { createGateway } from './gateway.ts';

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

/** Who has which booking, as the booking service would say. */
const bookings: Readonly<Record<string, string>> = { 'bk-ada': 'u-ada', 'bk-bayo': 'u-bayo' };

/** The gateway on a fake client, and what its log held. */
export async function testGateway(
  issuer: TestIssuer,
  options: { longhaul?: FakeLonghaul; requestsPerMinute?: number } = {},
) {
  const longhaul = options.longhaul ?? fakeLonghaul();
  const logged: string[] = [];
  const app = await createGateway({
    longhaul,
    authenticate: authenticator({ issuer: issuer.url, audience: 'longhaul' }),
    bookingOwner: (bookingId) => Promise.resolve(bookings[bookingId]),
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    ...(options.requestsPerMinute !== undefined && { requestsPerMinute: options.requestsPerMinute }),
  });
  return { app, longhaul, logged };
}

export const ride = {
  requestId: 'r-1',
  user: 'u-ada',
  bus: 'b-7',
  segment: { from: 'Lagos', to: 'Ibadan' },
  departureAt: '2027-01-04T08:00:00Z',
  fare: { amount: 450_000, currency: 'NGN' },
} as const;
