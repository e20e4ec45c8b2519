import { expect, it } from 'vitest';
import { seed } from './draw.fixture.ts';
import { playLives } from './play.fixture.ts';

/** With those whose services are a day behind, over 1,000. */
const lives = 560;

/**
 * Whatever crosses: the gateway's word (twice, late, forged, lost), the deadline, a cancel, a lost answer, and crashes. In a
 * crash the worker is killed in the middle of 25 lives, and another goes on from the histories.
 */
it(
  `of ${lives} lives each charge is given for once or given back, and all are told the truth [LONGHAUL_SEED=${seed}]`,
  { timeout: 600_000 },
  async () => {
    const { flaws, ends, crashes } = await playLives(lives);
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
