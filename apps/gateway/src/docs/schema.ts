import { z } from 'zod';
import { fields } from './fields.ts';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A contract's schema for OpenAPI: with a description of each field, and for requests without additional fields. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const described = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema: made }) => {
      if (io === 'input' && made.type === 'object') made.additionalProperties = false;
    },
  });
  // OpenAPI 3.1 sets the dialect for the whole document.
  delete described.$schema;
  return withFields(described);
}

/** Adds the description of each field, from its contract or from the table. A field without one is an error. */
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

/** A realistic value of the schema; undefined for optional fields without an example. */
export function exampleOf(schema: JsonSchema, name = ''): unknown {
  if (schema.examples) return schema.examples[0];
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

/** Chooses between the example of a key and that of an owner's key, by the field's pattern. */
export function exampleOfField(name: string, { pattern }: JsonSchema): unknown {
  const { example, owned } = fields[name] ?? {};
  const fits = pattern === undefined || typeof example !== 'string' || new RegExp(pattern).test(example);
  return fits ? example : owned;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
