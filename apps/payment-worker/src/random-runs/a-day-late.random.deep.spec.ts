import { expect, it } from 'vitest';
import { seed } from './generate.fixture.ts';
import { runAll } from './run-all.fixture.ts';

const count = 460;

it(
  `no top-up of ${count} random cases is credited more than a day late [LONGHAUL_SEED=${seed}]`,
  { timeout: 600_000 },
  async () => {
    const { flaws, ends, crashes } = await runAll(count, { aDayBehind: true });
    expect(flaws).toEqual([]);
    expect(crashes).toBeGreaterThan(0);
    expect(Object.keys(ends)).toEqual(
      expect.arrayContaining(['credited: in the wallet', 'expired: gone back', 'cancelled: gone back']),
    );
    expect(ends).not.toHaveProperty('expired: in the wallet');
  },
);
