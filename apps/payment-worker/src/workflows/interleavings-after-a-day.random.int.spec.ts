import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { playLives } from '../interleavings/play.fixture.ts';

const lives = 460;
const seed = Number(process.env.LONGHAUL_SEED ?? randomInt(2 ** 31));
const again = `to see them again: LONGHAUL_SEED=${seed}`;

it(`of ${lives} lives none is given what came after a day`, { timeout: 300_000 }, async () => {
  process.stdout.write(`${lives} lives, a day late; ${again}\n`);
  const { flaws, ends, crashes } = await playLives(seed, lives, { aDayBehind: true });
  expect(flaws, again).toEqual([]);
  expect(crashes).toBeGreaterThan(0);
  expect(Object.keys(ends), again).toEqual(
    expect.arrayContaining(['credited: in the wallet', 'expired: gone back', 'cancelled: gone back']),
  );
  expect(ends).not.toHaveProperty('expired: in the wallet');
});
