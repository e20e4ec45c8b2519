import { z } from 'zod';

/** As made by `chargeReference`, with characters that Paystack allows. */
export const Reference = z.string().regex(/^[A-Za-z0-9.=_-]{1,200}$/, {
  error: 'must be 1 to 200 letters, digits, ".", "=", "_" or "-"',
});
