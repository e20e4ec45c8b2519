import { log } from '@temporalio/workflow';
import type { Run } from './run.ts';

/**
 * What takes back the steps of a story. An undo is noted above the step that it undoes, so that a step whose answer was
 * lost is undone as well; the other side accepts an undo of what never happened.
 */
export class Undos {
  readonly #undos: (() => Promise<void>)[] = [];
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  add(undo: () => Promise<void>): void {
    this.#undos.push(undo);
  }

  /** In reverse, to the end, whatever is cancelled. One that cannot be done parks the run; none is left out. */
  async all(): Promise<void> {
    if (this.#undos.length === 0) return;
    log.info(`Taking back ${this.#undos.length} steps`, { correlationId: this.#run.correlationId });
    await this.#run.toTheEnd('undoing', async () => {
      for (const undo of this.#undos.reverse()) await this.#run.orPark(undo);
    });
  }
}
