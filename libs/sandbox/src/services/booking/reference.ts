// No 0, O, 1 or I: a reference is read aloud on the telephone.
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const bits = 30n;
const all = (1n << bits) - 1n;

/**
 * Six characters for a booking's number. Multiplying by an odd number and folding are one-to-one on 30 bits: two
 * numbers never share a reference, and neighbours look nothing alike.
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
