import { z } from 'zod';

/** A key that a caller chooses. It becomes part of workflow ids and log lines, so it has few allowed characters. */
export const BusinessKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
  error: 'must be 1 to 64 letters, digits, "-" or "_", beginning with a letter or digit',
});

/**
 * A key with its owner: `<owner>.<key>`. Neither contains ".", so two owners never have the same one (docs/decisions/0020).
 */
export const OwnedKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
  error: 'must be an owner, "." and a key of theirs, as the outcome and the events have it',
});

export const ownedKey = (owner: string, key: string): string => `${owner}.${key}`;

/** ISO 8601 with offset, in years that have four digits in every time zone. */
export const Moment = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date and time with an offset', abort: true })
  .max(40, { error: 'must have at most 40 letters', abort: true })
  .refine((text) => isOfOurTime(Date.parse(text)), 'must lie between the years 1970 and 9999');

const end = Date.UTC(10_000, 0, 1);

function isOfOurTime(ms: number): boolean {
  return ms >= 0 && ms < end;
}

/** Connects a run with the request that caused it. It is a header of every downstream call. */
export const CorrelationId = z.string().regex(/^[\x21-\x7e]{1,128}$/, {
  error: 'must be 1 to 128 printable ASCII letters without blanks',
});

/**
 * One line of text for people. Refused are NUL, which databases reject, line breaks, which could inject mail headers, lone
 * surrogates, and marks that change the writing direction, which can make a line look like another one.
 */
const oneLine = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .regex(/\S/, 'must not be blank')
    .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$/, 'must be one line of plain text')
    .refine((text) => !/\p{Cs}/u.test(text), 'must be whole Unicode letters');

/** A short text. */
export const Label = oneLine(120);

/** The subject of the token of whoever did something; 255 is the longest subject that OpenID allows. */
export const Actor = oneLine(255);
