/** A step that an operator settled by hand instead of letting it run again. */
export type SettledByHand = { readonly step: string; readonly by: string; readonly note: string };

/** How the part of a story that can still be taken back ends without an answer of its own. */
export type Interrupted =
  | { readonly status: 'cancelled'; readonly reason: string }
  | { readonly status: 'failed'; readonly step: string; readonly code: string };

/** How a story ends because a person did what it could not do: who it was, and what they say about it. */
export function settledByHand({ settledByHand: settled }: { readonly settledByHand: readonly SettledByHand[] }) {
  const { by, note } = settled.at(-1)!;
  return { status: 'settled-by-hand' as const, by, note };
}
