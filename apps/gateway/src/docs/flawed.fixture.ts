import type { JsonSchema } from './schema.ts';

interface Flawed {
  readonly what: string;
  readonly body: unknown;
  /** False: the value is at a limit that the schema allows. */
  readonly breaks: boolean;
}

/** Variants of the example, for each constraint of the schema: one that breaks only this constraint, one at its limit. */
export function flawed(schema: JsonSchema, example: unknown): readonly Flawed[] {
  const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (choice) return flawed(choice, example);
  if (schema.type === 'object') return ofObject(schema, example as Readonly<Record<string, unknown>>);
  const broken = (what: string, body: unknown): Flawed => ({ what, body, breaks: true });
  const { minimum, maximum, maxLength } = schema;
  return [
    broken('another type', schema.type === 'array' ? {} : []),
    ...((schema.pattern ?? schema.allOf) ? [broken('against the pattern', '  ')] : []),
    ...(schema.enum ? [broken('none of the enum', 'none')] : []),
    ...(maxLength === undefined ? [] : [broken('too long', 'x'.repeat(maxLength + 1))]),
    ...(minimum === undefined
      ? []
      : [broken('too small', minimum - 1), { what: 'the smallest', body: minimum, breaks: false }]),
    ...(maximum === undefined
      ? []
      : [broken('too large', maximum + 1), { what: 'the largest', body: maximum, breaks: false }]),
  ];
}

function ofObject(schema: JsonSchema, example: Readonly<Record<string, unknown>>): readonly Flawed[] {
  const required = (schema.required ?? []).map((name) => ({
    what: `without ${name}`,
    body: Object.fromEntries(Object.entries(example).filter(([field]) => field !== name)),
    breaks: true,
  }));
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    name in example
      ? flawed(field as JsonSchema, example[name]).map(({ what, body, breaks }) => ({
          what: `${name}: ${what}`,
          body: { ...example, [name]: body },
          breaks,
        }))
      : [],
  );
  return [{ what: 'an unknown field', body: { ...example, unheardOf: 1 }, breaks: true }, ...required, ...fields];
}
