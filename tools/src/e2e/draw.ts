import { createHash } from 'node:crypto';

/** At least 0 and below 1. It follows from the seed and the name alone, whatever was drawn before. */
export function draw(seed: string, ...name: readonly (string | number)[]): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...name]))
    .digest();
  return digest.readUInt32BE() / 2 ** 32;
}

export function shuffled<T>(seed: string, items: readonly T[]): T[] {
  return items
    .map((item, index) => ({ item, place: draw(seed, 'place', index) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
