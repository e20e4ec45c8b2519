import { z } from 'zod';

export const Money = z.object({ amount: z.int().nonnegative(), currency: z.string().length(3) });
export type Money = z.infer<typeof Money>;

export const Moment = z.iso.datetime({ offset: true }).max(40);

/** A text from a service. Its length is limited, because it is copied into histories. */
export const Text = z
  .string()
  .max(500)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'must be plain text');

/** A trip is one bus leaving at one time. */
export interface Trip {
  readonly bus: string;
  readonly departureAt: string;
}

/** For answers whose content is not needed. */
export const Done = z.unknown().transform(() => undefined);
