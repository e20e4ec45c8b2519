import { z } from 'zod';
import { pointerTo, type FieldIssue } from './issues.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * Finds the fields of a value that a schema does not know. Internal readers ignore them, but the HTTP API refuses them, because
 * a caller's typo in an optional field could cost money. Also works for values that are invalid in other ways.
 */
export function unknownFieldsOf(schema: z.ZodType): (given: unknown) => readonly FieldIssue[] {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return (given) => unknownIn(described, given, []);
}

/** The names of a schema's fields; for a union, those of all members. */
export function fieldsOf(schema: z.ZodType): ReadonlySet<string> {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const forms = [described, ...(described.anyOf ?? []), ...(described.oneOf ?? [])];
  return new Set(forms.flatMap(({ properties = {} }) => Object.keys(properties)));
}

function unknownIn(schema: JsonSchema, given: unknown, path: readonly PropertyKey[]): FieldIssue[] {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const objects = choices.filter(({ properties, anyOf, oneOf }) => properties ?? anyOf ?? oneOf);
    const complaints = objects.map((choice) => unknownIn(choice, given, path));
    // The union member that fits best is the one that was meant.
    return complaints.toSorted((one, other) => one.length - other.length)[0] ?? [];
  }
  const { items, properties } = schema;
  if (Array.isArray(given) && typeof items === 'object' && !Array.isArray(items)) {
    return given.flatMap((item, index) => unknownIn(items, item, [...path, index]));
  }
  if (!isRecord(given) || !properties) return [];
  return Object.entries(given).flatMap(([name, value]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known === undefined) return [{ pointer: pointerTo([...path, name]), detail: 'is not a field of this request' }];
    return typeof known === 'object' ? unknownIn(known, value, [...path, name]) : [];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
