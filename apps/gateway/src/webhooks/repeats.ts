const rememberedMs = 60_000;
const rememberedAtMost = 10_000;

/** Does a piece of work, unless one of the same name is under way or was done a moment ago: then it is that one. */
export type UnlessRepeated = (name: string, work: () => Promise<void>) => Promise<void>;

/**
 * Somebody who has seen one signed webhook can send it as often as they like. Each time would cost a call to the payment
 * service and a signal in a run's history, so what was done is remembered for a minute; Paystack itself takes longer to
 * send anything again. What failed is forgotten at once: it is meant to be done again.
 */
export function unlessRepeated(now: () => number = () => performance.now()): UnlessRepeated {
  const known = new Map<string, { readonly since: number; readonly work: Promise<void> }>();
  return (name, begin) => {
    for (const [oldest, { since }] of known) {
      if (known.size < rememberedAtMost && now() - since < rememberedMs) break;
      known.delete(oldest);
    }
    const before = known.get(name);
    if (before) return before.work;
    const entry = { since: now(), work: begin() };
    known.set(name, entry);
    entry.work.catch(() => {
      if (known.get(name) === entry) known.delete(name);
    });
    return entry.work;
  };
}
