import { expect, it } from 'vitest';
import { seed } from './generate.fixture.ts';
import { runAll } from './run-all.fixture.ts';

/** Together with the cases of a-day-late.random.deep.spec.ts, over 1,000. */
const count = 560;

/**
 * Combines webhooks (repeated, late, forged, lost), deadlines, cancels, lost answers and crashes. In a crash the worker is
 * killed during 25 cases, and a new one continues from the histories.
 */
it(
  `each charge of ${count} random cases is used once or refunded, and all answers are right [LONGHAUL_SEED=${seed}]`,
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
