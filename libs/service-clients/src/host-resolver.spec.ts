import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostResolver } from './host-resolver.ts';
import { startNameServer, type NameServer } from './name-server.fixture.ts';
import { outboundAddress } from './outbound-address.ts';

describe("a merchant's host name", () => {
  let names: NameServer;
  beforeEach(async () => {
    names = await startNameServer({ 'merchant.test': '93.184.216.34', 'inside.test': '10.0.0.7' });
  });
  afterEach(() => names.close());
  const resolving = (deadlineMs?: number) =>
    hostResolver({ servers: [names.address], ...(deadlineMs !== undefined && { deadlineMs }) });

  it('is resolved by name servers', async () => {
    names.speak();
    expect(await resolving()('merchant.test')).toEqual(['93.184.216.34']);
    expect(await resolving()('nobody.test')).toEqual([]);
  });

  it('whose name servers do not answer does not block the rest of the process', async () => {
    const silent = Array.from({ length: 40 }, (_, n) =>
      outboundAddress(`https://m-${n}.test/`, { resolve: resolving() }),
    );
    let ended = 0;
    for (const one of silent) void one.then(() => (ended += 1));
    await expect.poll(() => names.asked()).toBeGreaterThanOrEqual(80);
    // Both need a thread of the pool that `dns.lookup` would have blocked.
    await Promise.all([readFile(new URL(import.meta.url)), lookup('localhost')]);
    expect(ended).toBe(0);
    names.speak();
    for (const answer of await Promise.all(silent))
      expect(answer).toEqual({ status: 'refused', reason: 'host-not-found' });
  });

  it('that is not resolved before the deadline is an error, not a missing host', async () => {
    const resolve = resolving(50);
    const refused = { status: 'refused', reason: 'host-not-resolved' };
    expect(await outboundAddress('https://merchant.test/', { resolve })).toEqual(refused);
  });

  it('is resolved once: the checked address is the one to connect to', async () => {
    names.speak();
    const resolve = resolving();
    expect(await outboundAddress('https://merchant.test/', { resolve })).toMatchObject({
      status: 'allowed',
      addresses: [{ address: '93.184.216.34', family: 4 }],
    });
    expect(await outboundAddress('https://inside.test/', { resolve })).toEqual({
      status: 'refused',
      reason: 'address-not-public',
    });
  });

  it.each(['localhost', 'LOCALHOST.', 'shop.localhost'])('%s is this machine, without a DNS query', async (host) => {
    expect(await resolving()(host)).toEqual(['127.0.0.1', '::1']);
    expect(names.asked()).toBe(0);
  });
});
