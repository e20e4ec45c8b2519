import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BookRide, BookRideOutcome } from '@longhaul/contracts';
import { apps, domains, houseApi, openRealHouse, repository, type RealHouse } from '@longhaul/testing/processes';
import { afterAll, beforeAll, expect, it } from 'vitest';

const name = 'canaries';
const canary = 'canary-5f1e';
const card = '4084084084084081';
const hourMs = 3_600_000;

let house: RealHouse;
beforeAll(async () => {
  house = await openRealHouse({ name, gateway: { LOG_LEVEL: 'trace' } });
});
afterAll(() => house.close());

/** The log of each process. */
async function logs(): Promise<(readonly [string, string])[]> {
  const folder = join(repository, '.local/logs', name);
  const files = (await readdir(folder)).filter((file) => !file.startsWith('temporal'));
  return Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const));
}

it(
  'no log contains a token, a card number, or the text of a passenger or an operator',
  { timeout: 120_000 },
  async () => {
    await Promise.all(domains.map((domain) => house.startWorker(apps[domain])));
    const api = houseApi(house.addresses);
    const request = {
      requestId: 'r-canary',
      user: 'u-refund-stuck',
      bus: 'b-closed',
      segment: { from: `From ${canary}`, to: `To ${card}` },
      departureAt: new Date(Date.now() + 48 * hourMs).toISOString(),
    };
    const ride = await api.quoted(request, 'RWF');
    const run = await api.start(BookRide, ride, ride.user);
    await expect.poll(async () => (await api.status(run)).state, { timeout: 60_000 }).toBe('parked');
    const by = `op-${canary}`;
    await api.resolve(run, { action: 'settled', by, note: `${canary}, card ${card}` });
    expect(await api.result(run, BookRideOutcome)).toMatchObject({ givenBack: { settledByHand: [{ by }] } });

    const { gateway } = house.addresses;
    const authorization = `Bearer ${api.secrets[0]!}`;
    for (const path of [`/api/v1/bookings/${card}/status`, `/api/v1/${card}/%zz`, '/readyz', '/docs/json']) {
      await fetch(`${gateway}${path}?access_token=${canary}`, { headers: { authorization, cookie: canary } });
    }
    await house.stopWorkers();

    const told = await logs();
    expect(told.map(([file]) => file).toSorted()).toEqual(
      Object.values(apps)
        .map((app) => `${app.name}.log`)
        .toSorted(),
    );
    for (const [file, log] of told) {
      expect(log, file).not.toBe('');
      for (const secret of [canary, card, ...api.secrets]) expect(log, file).not.toContain(secret);
    }
  },
);
