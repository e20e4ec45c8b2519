import { z } from 'zod';

/** What a start writes beside the input, for those who ask about the run without reading its history. */
export const RunMemo = z.object({
  /** SHA-256 of the parsed input: the same key with another input is refused with both digests. */
  inputDigest: z.string(),
  /** SHA-256 of the owner's id; memos may be read by people who may not know the owner. */
  owner: z.string().optional(),
  correlationId: z.string(),
  /** `false` runs every step as a regular activity: an operator's switch, recorded per run. */
  fastPath: z.boolean().default(true),
  /** Shorter waits than the story's own, where workers are killed in real time. Default: the story's. */
  waits: z
    .object({
      /** Longest time for one attempt of a step, in milliseconds. */
      attemptMs: z.int().min(1),
      /** Longest time for which an effect that was given up is looked for, in milliseconds. */
      settleMs: z.int().min(1),
    })
    .optional(),
});
export type RunMemo = z.infer<typeof RunMemo>;
