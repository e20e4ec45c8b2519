import { check } from '@longhaul/contracts';
import type { z } from 'zod';
import { InvalidInput, PayloadTooLarge } from './errors.ts';

/**
 * The largest input or message, in bytes of JSON. Far below Temporal's own limits: beyond those the gRPC client repeats a
 * call for half a minute, and a big update fails the receiver's workflow task.
 */
export const payloadLimitBytes = 64 * 1_024;

/** What is sent from here has the contract's form and size, or is not sent. */
export function accept<Schema extends z.ZodType>(what: string, schema: Schema, value: unknown): z.output<Schema> {
  const checked = check(schema, value);
  if (!checked.ok) throw new InvalidInput(what, checked.issues);
  const sizeBytes = Buffer.byteLength(JSON.stringify(checked.value));
  if (sizeBytes > payloadLimitBytes) throw new PayloadTooLarge(what, sizeBytes, payloadLimitBytes);
  return checked.value;
}
