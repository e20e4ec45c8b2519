import type { WorkflowContract } from '@longhaul/contracts';
import type { WorkflowFace } from '@longhaul/contracts/workflow';
import { log } from '@temporalio/workflow';
import type { Run } from './run.ts';
import type { StepPolicy } from './steps.ts';

/** The steps of a contract that take another one back. */
type UndoneBy<C extends WorkflowContract> = {
  [Step in keyof C['steps']]: C['steps'][Step] extends { readonly undoneBy: infer Undo extends string } ? Undo : never;
}[keyof C['steps']];

/** How each step that the contract calls an undo is done. */
export type UndoSteps<C extends WorkflowContract> = { readonly [Undo in UndoneBy<C>]: () => Promise<void> };

/**
 * What takes back the steps of a story: the contract says which step is undone by which. A step is undone as soon as it was
 * begun, so that one whose answer was lost is undone as well; the other side accepts an undo of what never happened.
 */
export class Undos<C extends WorkflowContract> {
  readonly #run: Run;
  readonly #contract: WorkflowFace<C>;
  readonly #policies: Readonly<Record<string, StepPolicy>>;
  readonly #undos: Readonly<Record<string, () => Promise<void>>>;
  readonly #assumed = new Set<string>();

  constructor(
    run: Run,
    contract: WorkflowFace<C>,
    policies: Readonly<Record<string, StepPolicy>>,
    undos: UndoSteps<C>,
  ) {
    this.#run = run;
    this.#contract = contract;
    this.#policies = policies;
    this.#undos = undos;
  }

  /** For a run that was reset: steps that an earlier execution of it has done. */
  assume(...steps: readonly (keyof C['steps'] & string)[]): void {
    steps.forEach((step) => this.#assumed.add(step));
  }

  /**
   * The last step first, to the end, whatever is cancelled. One that cannot be done parks the run; none is left out.
   * `stoppedEarly`: also of all steps that local attempts may have reached. A worker that is killed in the middle of a
   * task may have been ahead of what the history tells, and a cancel that is read when the task is done again would stop
   * the run before it finds that out.
   */
  async all({ stoppedEarly }: { readonly stoppedEarly: boolean }): Promise<void> {
    const mayHaveHappened = (step: string): boolean =>
      this.#run.hasBegun(step) ||
      this.#assumed.has(step) ||
      (stoppedEarly && this.#run.fastPath && this.#policies[step]?.fast === true);
    const undos = Object.entries(this.#contract.steps).flatMap(([step, { undoneBy }]) =>
      undoneBy !== undefined && mayHaveHappened(step) ? [this.#undos[undoneBy]!] : [],
    );
    if (undos.length === 0) return;
    log.info(`Taking back ${undos.length} steps`, { correlationId: this.#run.correlationId });
    await this.#run.toTheEnd('undoing', async () => {
      for (const undo of undos.reverse()) await this.#run.orPark(undo);
    });
  }
}
