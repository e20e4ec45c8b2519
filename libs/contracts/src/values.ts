import { z } from 'zod';

/** A key that a caller makes. It becomes part of workflow ids and log lines, so it is plain and short. */
export const BusinessKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
  error: 'must be 1 to 64 letters, digits, "-" or "_", beginning with a letter or digit',
});

/**
 * A key as its owner's: `<owner>.<key>`. Neither has a ".", so no two owners' keys are ever the same one (docs/decisions/0020).
 */
export const OwnedKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
  error: 'must be an owner, "." and a key of theirs, as the outcome and the events have it',
});

export const ownedKey = (owner: string, key: string): string => `${owner}.${key}`;

/** A moment: ISO 8601 with its offset, in the years that four digits can write whatever the offset. */
export const Moment = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date and time with an offset', abort: true })
  .max(40, { error: 'must have at most 40 letters', abort: true })
  .refine((text) => isOfOurTime(Date.parse(text)), 'must lie between the years 1970 and 9999');

const end = Date.UTC(10_000, 0, 1);

function isOfOurTime(ms: number): boolean {
  return ms >= 0 && ms < end;
}

/** Ties a run to the request that caused it. It becomes a header of every call downstream. */
export const CorrelationId = z.string().regex(/^[\x21-\x7e]{1,128}$/, {
  error: 'must be 1 to 128 printable ASCII letters without blanks',
});

/**
 * A text for a person to read, on one line. Control characters and halves of a letter are in no word: databases refuse the
 * one, mail servers break lines at the other, and what turns the direction of writing makes a line say something else.
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

/** Who did something: the subject of a token, at its longest. */
export const Actor = oneLine(255);
