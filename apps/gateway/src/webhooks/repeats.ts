const rememberedMs = 60_000;
const rememberedAtMost = 10_000;

/** Does work, unless work with the same name is in progress (then it is joined) or was done within the last minute. */
export type UnlessRepeated = (name: string, work: () => Promise<void>) => Promise<void>;

/**
 * Anybody who has seen one signed webhook can repeat it. Each repeat would cost a call to the payment service and a signal
 * in the history of a run, so finished work is remembered for a minute; Paystack's own repeats come later. Failed work is
 * forgotten at once, so that it can be retried.
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
