import { createHash } from 'node:crypto';
import { z } from 'zod';

/** SHA-256 of a parsed input. Parsing puts the fields in the contract's order, so equal inputs have equal digests. */
export function inputDigest(parsedInput: unknown): string {
  return sha256(JSON.stringify(parsedInput));
}

/**
 * The digest of what a run is started with. A field that has its default counts as left out: a contract may grow one, and
 * whoever then sends an old start again still means the same run.
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

/** SHA-256 of an owner's id, as it stands in the memo: memos are read by people who may not know the owner. */
export function ownerDigest(owner: string): string {
  return sha256(owner);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
