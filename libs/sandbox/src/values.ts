import { z } from 'zod';

/** A name that a caller chooses. It is part of URLs, keys and logs, so it has few allowed characters. */
export const Name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.~-]{0,199}$/, {
  error: 'must be 1 to 200 letters, digits, "-", "_", "." or "~", beginning with a letter or digit',
});

/** Stored in UTC, so that equal times are equal texts. */
export const Moment = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date and time with an offset' })
  .transform((moment) => new Date(moment).toISOString())
  .refine((moment) => /^\d{4}-/.test(moment), 'must lie before the year 10000');

export const Trip = z.strictObject({ bus: Name, departureAt: Moment });
export type Trip = z.infer<typeof Trip>;

/** A text that the database can store. */
const Town = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\0') && !/\p{Cs}/u.test(text), 'must be whole letters');

export const Segment = z.strictObject({ from: Town, to: Town });
export type Segment = z.infer<typeof Segment>;

export const Money = z.strictObject({
  amount: z.int().positive(),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'must be an ISO 4217 code' }),
});
export type Money = z.infer<typeof Money>;

export const Empty = z.strictObject({});

/** The reference of a charge, with the characters that the card gateway allows. */
export const Reference = z.string().regex(/^[A-Za-z0-9.=-]{1,200}$/, {
  error: 'must be 1 to 200 letters, digits, "-", "." or "="',
});
