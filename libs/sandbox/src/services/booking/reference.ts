// Without 0, O, 1 and I, because references are read aloud on the telephone.
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const bits = 30n;
const all = (1n << bits) - 1n;

/**
 * The six-character reference of a booking's number. Multiplying by an odd number and folding are one-to-one on 30 bits, so two
 * numbers never have the same reference, and references of successive numbers are not similar.
 */
export function referenceOf(bookingNumber: number): string {
  let value = BigInt(bookingNumber);
  if (value < 0n || value > all)
    throw new RangeError(`There is no reference for this booking number [${bookingNumber}]`);
  for (const factor of [0x2c1b3c6dn, 0x297a2d39n]) {
    value = (value * factor) & all;
    value ^= value >> 15n;
  }
  let reference = '';
  for (let place = 0n; place < 6n; place++) reference += letters.charAt(Number((value >> (place * 5n)) & 31n));
  return reference;
}
