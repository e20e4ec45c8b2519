import { z } from 'zod';

/** A key that a caller makes. It becomes part of workflow ids and log lines, so it is plain and short. */
export const BusinessKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
  error: 'must be 1 to 64 letters, digits, "-" or "_", beginning with a letter or digit',
});

/** A moment: ISO 8601 with its offset. */
export const Moment = z.iso.datetime({ offset: true, error: 'must be an ISO 8601 date and time with an offset' });

/** A short name for a person to read. */
export const Label = z.string().trim().max(120).regex(/\S/, 'must not be blank');
