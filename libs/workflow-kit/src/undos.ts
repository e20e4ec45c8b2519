import { log } from '@temporalio/workflow';
import type { Run } from './run.ts';

type Undo = () => Promise<void>;

/**
 * What takes back the steps of a story. An undo is noted above the step that it undoes, so that a step whose answer was
 * lost is undone as well; the other side accepts an undo of what never happened.
 */
export class Undos {
  readonly #undos = new Set<Undo>();
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  add(undo: Undo): void {
    this.#undos.add(undo);
  }

  /**
   * For a run that stops early: the undos of all steps that local attempts may have reached. A worker that is killed in
   * the middle of a task may have been ahead of what the history tells, and a cancel that is read when the task is done
   * again would stop the run before it finds that out.
   */
  addUnseen(...undos: readonly Undo[]): void {
    if (this.#run.fastPath) undos.forEach((undo) => this.#undos.add(undo));
  }

  /** In reverse, to the end, whatever is cancelled. One that cannot be done parks the run; none is left out. */
  async all(): Promise<void> {
    if (this.#undos.size === 0) return;
    log.info(`Taking back ${this.#undos.size} steps`, { correlationId: this.#run.correlationId });
    await this.#run.toTheEnd('undoing', async () => {
      for (const undo of [...this.#undos].reverse()) await this.#run.orPark(undo);
    });
  }
}
