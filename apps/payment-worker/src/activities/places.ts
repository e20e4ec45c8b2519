/** Limits concurrent work per owner. */
export interface Places {
  /** Does the work if its owner has a free place, and otherwise returns `noPlace` at once. */
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

/** The slots that one merchant's deliveries may use: a tenth, and at least one. */
export function placesOfOne(slots: number): number {
  return Math.max(1, Math.floor(slots / 10));
}
