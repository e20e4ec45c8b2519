import { createHmac } from 'node:crypto';

/**
 * What a merchant's events are signed with, as Standard Webhooks shows a secret. It follows from the name, so that the
 * payment service and the merchant's server agree without a word. Two while one takes the other's place.
 */
export function secretsOf(merchant: string, value: string | undefined): readonly string[] {
  const generations = value === 'm-rotating' ? ['first', 'second'] : ['first'];
  return generations.map((generation) => {
    const bytes = createHmac('sha256', 'longhaul sandbox merchants').update(`${generation} ${merchant}`).digest();
    return `whsec_${bytes.toString('base64')}`;
  });
}
