import { z } from 'zod';
import { CorrelationId } from './values.ts';

/** What a start records in addition to the input, readable without the history. */
export const RunMemo = z.object({
  /** SHA-256 of the parsed input. A start with the same key and another digest is refused. */
  inputDigest: z.string().max(300),
  /** SHA-256 of the owner's id, because people who read memos may not be allowed to know the owner. */
  owner: z.string().max(100).optional(),
  correlationId: CorrelationId,
  /** `false` runs every step as a regular activity. An operator's switch, recorded for each run. */
  fastPath: z.boolean().default(true),
  /** Shorter waits than the story's own, where workers are killed in real time. Default: the story's. */
  waits: z
    .object({
      /** Longest time for one attempt of a step, in milliseconds. */
      attemptMs: z.int().min(1),
      /** How long a call that timed out may still take effect, so that its result is looked up, in milliseconds. */
      settleMs: z.int().min(1),
    })
    .optional(),
});
export type RunMemo = z.infer<typeof RunMemo>;

/** Reads the memo of a run, which anybody may have started: invalid fields count as left out. */
export function readMemo(memo: object): Partial<RunMemo> {
  const fields = Object.entries(RunMemo.shape).map(([name, schema]) => {
    const read = schema.safeParse((memo as Record<string, unknown>)[name]);
    return [name, read.data];
  });
  return Object.fromEntries(fields) as Partial<RunMemo>;
}
