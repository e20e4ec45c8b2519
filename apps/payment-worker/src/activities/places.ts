/** Places for what is done at the same time, so many for each owner. */
export interface Places {
  /** Does the work when its owner has a place left, and otherwise answers at once. */
  readonly within: <T>(owner: string, noPlace: T, work: () => Promise<T>) => Promise<T>;
}

export function placesFor(each: number): Places {
  const taken = new Map<string, number>();
  return {
    async within(owner, noPlace, work) {
      const before = taken.get(owner) ?? 0;
      if (before >= each) return noPlace;
      taken.set(owner, before + 1);
      try {
        return await work();
      } finally {
        const left = taken.get(owner)! - 1;
        if (left > 0) taken.set(owner, left);
        else taken.delete(owner);
      }
    },
  };
}

/** One merchant's part of the slots of all deliveries: a tenth, and at least one. */
export function placesOfOne(slots: number): number {
  return Math.max(1, Math.floor(slots / 10));
}
