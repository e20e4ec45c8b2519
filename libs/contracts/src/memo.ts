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
});
export type RunMemo = z.infer<typeof RunMemo>;
