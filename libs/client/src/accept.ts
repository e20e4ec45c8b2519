import { check } from '@longhaul/contracts';
import type { z } from 'zod';
import { InvalidInput, PayloadTooLarge } from './errors.ts';

/**
 * The largest input or message, in bytes of JSON. Far below Temporal's own limits: above those, the gRPC client retries a
 * call for half a minute, and a large update fails the workflow task of its receiver.
 */
export const payloadLimitBytes = 64 * 1_024;

/** Parses a value before it is sent. Throws if it breaks the contract or is too large. */
export function accept<Schema extends z.ZodType>(what: string, schema: Schema, value: unknown): z.output<Schema> {
  const checked = check(schema, value);
  if (!checked.ok) throw new InvalidInput(what, checked.issues);
  const sizeBytes = Buffer.byteLength(JSON.stringify(checked.value));
  if (sizeBytes > payloadLimitBytes) throw new PayloadTooLarge(what, sizeBytes, payloadLimitBytes);
  return checked.value;
}
