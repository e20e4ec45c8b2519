import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, Unavailable, type Longhaul } from './index.ts';
import { Parcel } from './parcel.fixture.ts';

let server: Server;
let longhaul: Longhaul;
const open = new Set<Socket>();

/** A server that accepts connections and never answers. */
beforeEach(async () => {
  server = createServer((socket) => open.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  longhaul = connect({ connection: { address: `127.0.0.1:${port}` } });
});
afterEach(async () => {
  await longhaul.close();
  for (const socket of open) socket.destroy();
  server.close();
});

test(
  'a long deadline for a worker does not delay the error if Temporal does not answer',
  { timeout: 30_000 },
  async () => {
    const waitMs = 3_600_000;
    const update = { name: 'deliver', input: { to: 'ada' }, waitMs } as const;
    const asked = [
      longhaul.handle(Parcel, 'parcel-p-1').update('deliver', update.input, { waitMs }),
      longhaul.handle(Parcel, 'parcel-p-1').status({ waitMs }),
      longhaul.startWithUpdate(Parcel, { id: 'p-1', content: 'books' }, update),
    ];
    const answers = await Promise.allSettled(asked);
    expect(answers.map((answer) => answer.status === 'rejected' && (answer.reason as unknown))).toEqual(
      asked.map(() => expect.any(Unavailable) as unknown),
    );
  },
);
