import { check, unknownFieldsOf, type FieldIssue } from '@longhaul/contracts';
import type { z } from 'zod';
import { invalidRequest } from '../http/problem.ts';

/** Reads a body or a query, and reports all missing, wrong and unknown fields at once. */
export function strictReader<Schema extends z.ZodType>(
  schema: Schema,
): (body: unknown, elsewhere?: Readonly<Record<string, string>>) => z.output<Schema> {
  const unknownFields = unknownFieldsOf(schema);
  return (body, elsewhere = {}) => {
    // No body counts as an empty object; "null" does not.
    const given = body === undefined ? {} : body;
    if (!isRecord(given)) throw invalidRequest([{ pointer: '', detail: 'must be a JSON object' }]);
    const twice = Object.entries(elsewhere).filter(([name, value]) => name in given && given[name] !== value);
    const checked = check(schema, { ...given, ...elsewhere });
    const issues: FieldIssue[] = [
      ...twice.map(([name, value]) => ({
        pointer: `/${name}`,
        detail: `must be what the path, header or token says [${value}]`,
      })),
      ...(checked.ok ? [] : checked.issues),
      ...unknownFields(given),
    ];
    if (!checked.ok || issues.length > 0) throw invalidRequest(issues);
    return checked.value;
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
