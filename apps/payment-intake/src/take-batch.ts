import type { IntakeMessage } from './intake-message.ts';
import type { TakeMessage } from './intake.ts';

export interface BatchRules {
  /** Of a FIFO queue: one after another, and none after the first that has to come back. Default: false. */
  readonly inOrder?: boolean;
  /** Asked before each message; what may not begin comes back. Default: always. */
  readonly mayBegin?: () => boolean;
}

/** Starts at a time, for batches of any size. */
const atATime = 10;

/** Takes the messages of a batch and says which are done with and which must come back. */
export async function takeBatch<Message extends IntakeMessage>(
  messages: readonly Message[],
  take: TakeMessage,
  { inOrder = false, mayBegin = () => true }: BatchRules = {},
): Promise<{ readonly done: readonly Message[]; readonly back: readonly Message[] }> {
  const back = new Set<Message>();
  const waiting = messages[Symbol.iterator]();
  // All lanes take from the same iterator.
  const lane = async (): Promise<void> => {
    for (const message of waiting) {
      const blocked = inOrder && back.size > 0;
      const comesBack = blocked || !mayBegin() || (await take(message)).outcome === 'again';
      if (comesBack) back.add(message);
    }
  };
  await Promise.all(Array.from({ length: inOrder ? 1 : atATime }, lane));
  return {
    done: messages.filter((message) => !back.has(message)),
    back: messages.filter((message) => back.has(message)),
  };
}
