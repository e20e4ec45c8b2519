import { z } from 'zod';

export const Money = z.object({ amount: z.int().nonnegative(), currency: z.string().length(3) });
export type Money = z.infer<typeof Money>;

export const Moment = z.iso.datetime({ offset: true }).max(40);

/** What a service says in one field. More would be carried from step to step, in every history. */
export const Text = z
  .string()
  .max(500)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'must be plain text');

/** A trip is one bus leaving at one time. */
export interface Trip {
  readonly bus: string;
  readonly departureAt: string;
}

/** The answer of a call that has nothing to say beyond "done". */
export const Done = z.unknown().transform(() => undefined);
