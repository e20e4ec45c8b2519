import { createHmac } from 'node:crypto';

/**
 * The secrets of a merchant, in the format of Standard Webhooks. They are derived from the merchant's name, so that the payment
 * service and the merchant's server have the same ones. During a rotation there are two.
 */
export function secretsOf(merchant: string, value: string | undefined): readonly string[] {
  const generations = value === 'm-rotating' ? ['first', 'second'] : ['first'];
  return generations.map((generation) => {
    const bytes = createHmac('sha256', 'longhaul sandbox merchants').update(`${generation} ${merchant}`).digest();
    return `whsec_${bytes.toString('base64')}`;
  });
}
