import { expect, it } from 'vitest';
import { seed } from './draw.fixture.ts';
import { playLives } from './play.fixture.ts';

const lives = 460;

it(`of ${lives} lives none is given what came after a day [LONGHAUL_SEED=${seed}]`, { timeout: 600_000 }, async () => {
  const { flaws, ends, crashes } = await playLives(lives, { aDayBehind: true });
  expect(flaws).toEqual([]);
  expect(crashes).toBeGreaterThan(0);
  expect(Object.keys(ends)).toEqual(
    expect.arrayContaining(['credited: in the wallet', 'expired: gone back', 'cancelled: gone back']),
  );
  expect(ends).not.toHaveProperty('expired: in the wallet');
});
