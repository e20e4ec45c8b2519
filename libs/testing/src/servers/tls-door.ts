import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';

const read = (name: string) => readFileSync(new URL(`./certificates/${name}`, import.meta.url), 'utf8');

/** Test certificates for `localhost`, 127.0.0.1 and `temporal.longhaul.test`, as server and client. They protect nothing. */
export const testCertificates = { authority: read('ca.pem'), certificate: read('leaf.pem'), key: read('leaf.key.pem') };

export interface TlsDoor {
  readonly address: string;
  /** The number of connections with and without TLS. */
  readonly seen: { withTls: number; without: number };
  close(): Promise<void>;
}

/** Adds TLS to a server without it. `wantsCertificate`: clients need a certificate of the test authority. */
export async function openTlsDoor(
  behind: string,
  { wantsCertificate = false }: { readonly wantsCertificate?: boolean } = {},
): Promise<TlsDoor> {
  const { authority: ca, certificate: cert, key } = testCertificates;
  const seen = { withTls: 0, without: 0 };
  const open = new Set<TLSSocket>();
  const [host, port] = behind.split(':') as [string, string];
  const door = createServer({
    ...{ ca, cert, key, ALPNProtocols: ['h2'] },
    ...{ requestCert: wantsCertificate, rejectUnauthorized: wantsCertificate },
  });
  door.on('secureConnection', (socket) => {
    seen.withTls += 1;
    open.add(socket);
    const onward = connect(Number(port), host);
    socket.pipe(onward).pipe(socket);
    socket.on('error', () => onward.destroy()).on('close', () => open.delete(socket));
    onward.on('error', () => socket.destroy());
  });
  door.on('tlsClientError', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_SSL_WRONG_VERSION_NUMBER' || error.code === 'ERR_SSL_HTTP_REQUEST') seen.without += 1;
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return {
    address: `127.0.0.1:${(door.address() as AddressInfo).port}`,
    seen,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => door.close(closed));
    },
  };
}
