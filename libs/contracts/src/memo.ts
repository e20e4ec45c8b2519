import { z } from 'zod';
import { CorrelationId } from './values.ts';

/** What a start writes beside the input, for those who ask about the run without reading its history. */
export const RunMemo = z.object({
  /** SHA-256 of the parsed input: the same key with another input is refused with both digests. */
  inputDigest: z.string().max(300),
  /** SHA-256 of the owner's id; memos may be read by people who may not know the owner. */
  owner: z.string().max(100).optional(),
  correlationId: CorrelationId,
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

/** What can be used of the memo of a run, which anybody may have started: a field that is wrong counts as left out. */
export function readMemo(memo: object): Partial<RunMemo> {
  const fields = Object.entries(RunMemo.shape).map(([name, schema]) => {
    const read = schema.safeParse((memo as Record<string, unknown>)[name]);
    return [name, read.data];
  });
  return Object.fromEntries(fields) as Partial<RunMemo>;
}
