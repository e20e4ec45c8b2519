/** Works on all items, some at a time. Returns the errors; a failed item does not stop the others. */
export async function sideBySide<T>(
  items: readonly T[],
  atATime: number,
  work: (item: T) => Promise<unknown>,
  onEnd: (ended: number) => void = () => undefined,
): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  const waiting = items.values();
  let ended = 0;
  const caller = async (): Promise<void> => {
    for (const item of waiting) {
      await work(item).catch((error: unknown) => failures.push(error));
      ended += 1;
      onEnd(ended);
    }
  };
  await Promise.all(Array.from({ length: atATime }, caller));
  return failures;
}
