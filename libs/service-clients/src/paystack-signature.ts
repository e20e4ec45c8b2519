import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Did whoever knows the secret send exactly these bytes? The body has to come as it was received: parsed and written
 * again it is another text as soon as it holds an escape or an exponent.
 */
export function isSignedByPaystack(
  rawBody: Buffer | string,
  signatureHeader: string | undefined,
  secret: string,
): boolean {
  // Everybody can sign with a secret that is not there.
  if (secret === '' || !signatureHeader || !/^[0-9a-f]{128}$/i.test(signatureHeader)) return false;
  const signature = createHmac('sha512', secret).update(rawBody).digest();
  return timingSafeEqual(signature, Buffer.from(signatureHeader, 'hex'));
}
