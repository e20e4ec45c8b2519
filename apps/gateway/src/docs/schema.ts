import { z } from 'zod';
import { fields } from './fields.ts';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A schema of the contracts as OpenAPI tells it: each field described, and of a request that no other field is taken. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const described = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema: made }) => {
      if (io === 'input' && made.type === 'object') made.additionalProperties = false;
    },
  });
  // The dialect is OpenAPI 3.1's own; inside a document it has no place.
  delete described.$schema;
  return withFields(described);
}

/** Says what each field means: what its contract says, or the table does. One of which neither tells is a mistake. */
export function withFields(schema: JsonSchema): JsonSchema {
  const choices = (all: readonly JsonSchema[]) => all.map(withFields);
  return {
    ...schema,
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, value]) => [name, fieldOf(name, value as JsonSchema)]),
      ),
    }),
    ...(isSchema(schema.items) && { items: withFields(schema.items) }),
    ...(schema.anyOf && { anyOf: choices(schema.anyOf) }),
    ...(schema.oneOf && { oneOf: choices(schema.oneOf) }),
  };
}

function fieldOf(name: string, schema: JsonSchema): JsonSchema {
  const description = schema.description ?? fields[name]?.about;
  if (description === undefined) {
    throw new Error(`The field "${name}" is not described: in apps/gateway/src/docs/fields.ts, or with describe()`);
  }
  return { description, ...withFields(schema) };
}

/** A value of the schema as a person would write it; undefined where nobody would have to. */
export function exampleOf(schema: JsonSchema, name = ''): unknown {
  if (schema.const !== undefined) return schema.const;
  const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (choice) return exampleOf(choice, name);
  if (schema.type !== 'object') return exampleOfField(name, schema);
  const entries = Object.entries(schema.properties ?? {}).flatMap(([field, value]) => {
    const example = exampleOf(value as JsonSchema, field);
    return example === undefined ? [] : [[field, example]];
  });
  return Object.fromEntries(entries);
}

/** Of a name that stands for a key in one place, and for the owner's key in another. */
export function exampleOfField(name: string, { pattern }: JsonSchema): unknown {
  const { example, owned } = fields[name] ?? {};
  const fits = pattern === undefined || typeof example !== 'string' || new RegExp(pattern).test(example);
  return fits ? example : owned;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
