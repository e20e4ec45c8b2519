/** What a bench has started. The last to start is the first to stop, and all are, whatever went wrong. */
export class Started {
  readonly #stops: (() => Promise<unknown>)[] = [];

  onStop(stop: () => Promise<unknown>): void {
    this.#stops.push(stop);
  }

  async stopAll(): Promise<void> {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) {
      await stop().catch((error: unknown) => console.error('Could not stop what was started:', error));
    }
  }
}
