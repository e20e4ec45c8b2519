import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Started } from '../started.ts';

export interface Issuer {
  readonly url: string;
  readonly jwksUrl: string;
  tokenFor(user: string): string;
}

const lifetimeSeconds = 12 * 3_600;
const header = { alg: 'ES256', kid: 'bench', typ: 'JWT' };

/** The token issuer for the gateway, in place of a company's identity provider. */
export async function openIssuer(started: Started): Promise<Issuer> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { alg, kid } = header;
  const keys = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), alg, kid, use: 'sig' }] });
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(keys);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  started.onStop(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    jwksUrl: `${url}/jwks.json`,
    tokenFor(user) {
      const now = Math.floor(Date.now() / 1_000);
      const claims = { iss: url, aud: 'longhaul', sub: user, iat: now, exp: now + lifetimeSeconds };
      const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${signed}.${signature.toString('base64url')}`;
    },
  };
}
