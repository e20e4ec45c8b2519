import { BusinessKey } from '@longhaul/contracts';
import { invalidRequest } from '../http/problem.ts';

export const idempotencyHeader = 'idempotency-key';

/**
 * The header's value, with or without the quotes that the draft standard asks for. It has the form of a business key,
 * because it may become one.
 */
export function idempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (BusinessKey.safeParse(key).success) return key;
  const detail =
    'must be 1 to 64 letters, digits, "-" or "_", beginning with a letter or digit (header Idempotency-Key)';
  throw invalidRequest([{ pointer: '', detail }]);
}
