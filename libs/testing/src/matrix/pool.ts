/** A pool of things that are slow to open and do one job at a time. They are opened when needed, and reused. */
export class Pool<T extends { close(): Promise<void> }> {
  readonly #idle: T[] = [];
  readonly #open: () => Promise<T>;

  constructor(open: () => Promise<T>) {
    this.#open = open;
  }

  async use<R>(work: (one: T) => Promise<R>): Promise<R> {
    const one = this.#idle.pop() ?? (await this.#open());
    try {
      return await work(one);
    } finally {
      this.#idle.push(one);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.map((one) => one.close()));
  }
}
