/** A defect that somebody could make, and the specs that have to see it. */
export interface Mutant {
  /** What is wrong then. */
  readonly defect: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly find: string;
  readonly replace: string;
  readonly seenBy: { readonly price: 'spec' | 'int'; readonly file: string };
}

export const int = (file: string) => ({ price: 'int', file }) as const;
export const spec = (file: string) => ({ price: 'spec', file }) as const;
