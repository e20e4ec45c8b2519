import { createHash } from 'node:crypto';
import { z } from 'zod';

/** SHA-256 of a parsed input. Parsing sorts the fields in the contract's order, so equal inputs have equal digests. */
export function inputDigest(parsedInput: unknown): string {
  return sha256(JSON.stringify(parsedInput));
}

/**
 * The digest of the input of a start. A field with its default value counts as left out, so that a start from before the
 * field was added still has the same digest.
 */
export function startDigest(schema: z.ZodType, parsedInput: unknown): string {
  return inputDigest(withoutDefaults(described(schema), parsedInput));
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const known = new WeakMap<z.ZodType, JsonSchema>();

function described(schema: z.ZodType): JsonSchema {
  const found = known.get(schema) ?? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  known.set(schema, found);
  return found;
}

function withoutDefaults({ properties }: JsonSchema, value: unknown): unknown {
  if (properties === undefined || typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([name, given]: [string, unknown]) => {
    const schema = properties[name];
    if (typeof schema !== 'object') return [[name, given]];
    return isDefault(schema, given) ? [] : [[name, withoutDefaults(schema, given)]];
  });
  return Object.fromEntries(kept);
}

function isDefault(schema: JsonSchema, given: unknown): boolean {
  return 'default' in schema && JSON.stringify(given) === JSON.stringify(schema.default);
}

/** SHA-256 of an owner's id for the memo, because people who read memos may not be allowed to know the owner. */
export function ownerDigest(owner: string): string {
  return sha256(owner);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
