/** Everything that a bench has started. It is stopped in reverse order, whatever fails. */
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
