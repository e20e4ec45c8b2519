import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSignedByPaystack } from './paystack-signature.ts';

const secret = 'sk_test_longhaul';
/** Contains an escape and an exponent, which are lost when the JSON is parsed and written again. */
const body =
  '{"event":"charge.success","data":{"id":302961,"reference":"top-up-t=1","amount":1e3,"note":"\\u20a6 \\/ caf\\u00e9"}}';
/** All signatures here were made with `openssl dgst -sha512 -hmac sk_test_longhaul`. */
const signature =
  'af9a5dc0d34b33ea091c156f1d74d16dbf9890532ab5e748976692fdc37a26c0' +
  'b65671194d716aeb12d6800b85ee17ecbc9e18277308b269676fcd8778524d6a';

describe("Paystack's signature", () => {
  it.each([
    ['a text', body, signature],
    ['the same as bytes', Buffer.from(body), signature],
    ['in capital letters', body, signature.toUpperCase()],
    [
      'nothing',
      '',
      'f55115a7de79747b16abccc04dbed5b88c85d66a225eb90cdd2a0155beb50a6c' +
        '73438e69b6dd2711c6d847e4e2800555d812d872fa24bb0fe17a3bad54c26e02',
    ],
    [
      'bytes that are no text',
      Buffer.from('ff0080e282a6', 'hex'),
      '6db6e4492b916d5131008f1965b1cabf1ec660f3536963975dee1be1ecf7ac3f' +
        '55da0534dc4a490429e7a9a1cc0b01ba4041b27eae69982bbe49ee25bbd36742',
    ],
  ])('is good over %s', (_what, bytes, given) => {
    expect(isSignedByPaystack(bytes, given, secret)).toBe(true);
  });

  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is too short', signature.slice(0, -2)],
    ['is too long', `${signature}00`],
    ['is no hex', `${signature.slice(0, -1)}g`],
    ['has a line behind it', `${signature}\n`],
    ['names its kind', `sha512=${signature}`],
  ])('is not good when it %s', (_what, given) => {
    expect(isSignedByPaystack(body, given, secret)).toBe(false);
  });

  it('is invalid for re-serialised JSON', () => {
    expect(isSignedByPaystack(JSON.stringify(JSON.parse(body)), signature, secret)).toBe(false);
  });

  it('is invalid with another secret or without one', () => {
    const byNobody =
      '541fe02bc69e529a26150de612e24dd7a21b21ac4a53e2b6e897589cc456463e' +
      '784644e5c4813b3272d19b24e97826f9ac6dda6de2b4c3421bff4fcc0dc75eb0';
    expect(isSignedByPaystack(body, signature, 'sk_live_longhaul')).toBe(false);
    expect(isSignedByPaystack(body, byNobody, '')).toBe(false);
  });

  it('is invalid if any byte of the body differs', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = Buffer.from(body);
        altered[at]! ^= change;
        return !isSignedByPaystack(altered, signature, secret);
      }),
    );
  });

  it('is invalid if any of its characters differs', () => {
    fc.assert(
      fc.property(fc.nat(63), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = Buffer.from(signature, 'hex');
        altered[at]! ^= change;
        return !isSignedByPaystack(body, altered.toString('hex'), secret);
      }),
    );
  });

  it('is invalid for arbitrary text', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (bytes, given) => !isSignedByPaystack(bytes, given, secret)));
  });
});
