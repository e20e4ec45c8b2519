import { expect, it } from 'vitest';
import { seed } from './generate.fixture.ts';
import { runAll } from './run-all.fixture.ts';

/** With those whose services are a day behind, over 1,000. */
const count = 560;

/**
 * Whatever crosses: the gateway's word (twice, late, forged, lost), the deadline, a cancel, a lost answer, and crashes. In a
 * crash the worker is killed in the middle of 25 cases, and another goes on from the histories.
 */
it(
  `of ${count} random cases each charge is delivered once or refunded, and callers hear what happened [LONGHAUL_SEED=${seed}]`,
  { timeout: 600_000 },
  async () => {
    const { flaws, ends, crashes } = await runAll(count);
    expect(flaws).toEqual([]);
    expect(crashes).toBeGreaterThan(0);
    const seen = Object.keys(ends);
    expect(seen).toEqual(
      expect.arrayContaining([
        'credited: in the wallet',
        'expired: nobody paid',
        'expired: in the wallet',
        'expired: gone back',
        'cancelled: nobody paid',
        'cancelled: gone back',
        'settled-by-hand: kept',
        "completed: the merchant's",
        'declined: nobody paid',
        'failed: gone back',
      ]),
    );
  },
);
