import type { IntakeMessage } from './intake-message.ts';
import type { TakeMessage } from './intake.ts';

export interface BatchRules {
  /** For FIFO queues: one after another, and none after the first that must be delivered again. Default: false. */
  readonly inOrder?: boolean;
  /** Called before each message. If it returns false, the message is delivered again. Default: always true. */
  readonly mayBegin?: () => boolean;
}

/** The most concurrent starts of a batch. */
const atATime = 10;

/** Processes the messages of a batch, and returns which are done and which must be delivered again. */
export async function takeBatch<Message extends IntakeMessage>(
  messages: readonly Message[],
  take: TakeMessage,
  { inOrder = false, mayBegin = () => true }: BatchRules = {},
): Promise<{ readonly done: readonly Message[]; readonly back: readonly Message[] }> {
  const back = new Set<Message>();
  const waiting = messages[Symbol.iterator]();
  // All lanes share one iterator.
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
