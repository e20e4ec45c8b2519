import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Checks that somebody with the secret has sent exactly these bytes. The body must be as received: re-serialised JSON can differ
 * in escapes and exponents.
 */
export function isSignedByPaystack(
  rawBody: Buffer | string,
  signatureHeader: string | undefined,
  secret: string,
): boolean {
  // With an empty secret anybody could sign.
  if (secret === '' || !signatureHeader || !/^[0-9a-f]{128}$/i.test(signatureHeader)) return false;
  const signature = createHmac('sha512', secret).update(rawBody).digest();
  return timingSafeEqual(signature, Buffer.from(signatureHeader, 'hex'));
}
