import { z } from 'zod';
import { BusinessKey, Label } from '../values.ts';

const kinds = 'A person, everybody who has a role, or the manager of the initiator';
const deeds = 'What happens';

/** Whom to ask: a person, everybody who has a role, or the initiator's manager. */
export const Who = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person').describe(kinds),
    person: BusinessKey.describe('The person, as the token names them'),
  }),
  z.object({ kind: z.literal('role').describe(kinds), role: BusinessKey.describe('Everybody who has this role') }),
  z.object({ kind: z.literal('manager').describe(kinds) }),
]);
export type Who = z.infer<typeof Who>;

const mostDays = 90;
const AfterSeconds = z
  .int()
  .min(1)
  .max(mostDays * 24 * 60 * 60)
  .describe('Seconds from the beginning of the stage');
const OthersAsked = z.array(Who).min(1).max(10).describe('Whom to ask');

/**
 * What happens when a stage has been open for so long. `remind` writes to those who have not decided. `add` asks more people,
 * `replace` asks others instead. `approve` and `reject` end the stage.
 */
export const Rung = z.discriminatedUnion('does', [
  z.object({ does: z.literal('remind').describe(deeds), afterSeconds: AfterSeconds }),
  z.object({ does: z.literal('add').describe(deeds), afterSeconds: AfterSeconds, who: OthersAsked }),
  z.object({ does: z.literal('replace').describe(deeds), afterSeconds: AfterSeconds, who: OthersAsked }),
  z.object({ does: z.literal('approve').describe(deeds), afterSeconds: AfterSeconds }),
  z.object({ does: z.literal('reject').describe(deeds), afterSeconds: AfterSeconds }),
]);
export type Rung = z.infer<typeof Rung>;

const endsStage = ({ does }: Rung): boolean => does === 'approve' || does === 'reject';

export const Stage = z.object({
  name: Label.describe('The name of the stage'),
  who: z.array(Who).min(1).max(20).describe('Who decides'),
  quorum: z.int().min(1).max(50).optional().describe('How many people must approve. Left out: all'),
  oneRejectionEnds: z
    .boolean()
    .default(true)
    .describe('Whether one rejection ends the request. Otherwise it ends when the quorum cannot be reached any more'),
  fallback: OthersAsked.optional().describe('Whom to ask if "who" is nobody. Left out: the run fails'),
  ladder: z
    .array(Rung)
    .min(1)
    .max(10)
    .refine(
      (rungs) => rungs.every((rung, at) => at === 0 || rung.afterSeconds > rungs[at - 1]!.afterSeconds),
      'must be in the order of time',
    )
    .refine(
      (rungs) => rungs.every((rung, at) => endsStage(rung) === (at === rungs.length - 1)),
      'must end with "approve" or "reject", and have it only there',
    )
    .describe('What happens if nobody decides, in the order of time. The last one ends the stage'),
});
export type Stage = z.infer<typeof Stage>;

/** Who decides, in which order, and until when. */
export const Policy = z.object({ stages: z.array(Stage).min(1).max(10).describe('One after the other') });
export type Policy = z.infer<typeof Policy>;
