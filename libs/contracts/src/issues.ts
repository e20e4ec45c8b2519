import type { z } from 'zod';

/** One mistake in a value, with its place as a JSON pointer. */
export interface FieldIssue {
  readonly pointer: string;
  readonly detail: string;
}

/** The list must fit into an answer or a failure, and longer lists help nobody. */
export const mostIssues = 50;
const longestDetail = 400;
const longestName = 100;

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly FieldIssue[] };

export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): Checked<z.output<Schema>> {
  const result = schema.safeParse(value, { error: inPlainWords });
  if (result.success) return { ok: true, value: result.data };
  return {
    ok: false,
    issues: result.error.issues
      .slice(0, mostIssues)
      .map((issue) => ({ pointer: pointerTo(issue.path), detail: shortened(issue.message, longestDetail) })),
  };
}

/** Replaces zod's own messages, such as "received undefined". Messages of a schema take precedence. */
function inPlainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  return issue.input === undefined ? 'is missing' : `must be of type ${issue.expected}`;
}

/** A JSON pointer (RFC 6901); very long names are cut. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${shortened(String(part), longestName).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
