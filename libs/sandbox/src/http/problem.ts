import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';

/** RFC 9457, with the extensions `code` and `errors`. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly FieldError[];
}

/** A mistake in a field, with a JSON pointer to it. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

export const problemType = 'application/problem+json';

export function problem(status: number, code: string, detail: string, errors?: readonly FieldError[]): Problem {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail, code, ...(errors && { errors }) };
}

export function badRequest(errors: readonly FieldError[]): Problem {
  const fields = errors.map(({ pointer, detail }) => `${pointer || 'the body'} ${detail}`).join('; ');
  return problem(400, 'invalid-request', `The request is not valid: ${fields}`, errors);
}

export function fieldErrors(error: z.ZodError, at: readonly PropertyKey[] = []): FieldError[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => fieldError([...at, ...issue.path, key], 'is not a field of this request'))
      : [fieldError([...at, ...issue.path], issue.message)],
  );
}

function fieldError(path: readonly PropertyKey[], detail: string): FieldError {
  return {
    pointer: path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    detail,
  };
}
