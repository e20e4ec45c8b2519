import { Listr } from 'listr2';
import { tellPlainly, type Progress } from '@longhaul/testing/servers';

export interface Step {
  readonly title: string;
  run(shown: Shown): Promise<unknown>;
}

/** How a step shows its progress. */
export interface Shown extends Progress {
  /** Sets the text that stays when the step is done. */
  readonly title: (text: string) => void;
}

/** On a terminal a list is updated in place; elsewhere there are plain lines. */
export const live = process.stdout.isTTY && !process.env['CI'];

/**
 * Runs the steps, and stops waiting for them as soon as `interrupted` rejects.
 * @param atATime how many run side by side
 */
export async function runSteps(steps: readonly Step[], interrupted: Promise<never>, atATime = 1): Promise<void> {
  let failure: unknown;
  const list = new Listr(
    steps.map((step) => ({
      title: step.title,
      task: async (_context: unknown, task: { title: string; output: string }) => {
        const plain = tellPlainly((line) => (task.output = line));
        const shown: Shown = {
          title: (text) => (task.title = text),
          found: (line) => (task.title = line),
          say: (line) => (task.output = line),
          tick: (text) => (live ? (task.output = text) : plain.tick(text)),
        };
        await Promise.race([step.run(shown), interrupted]).catch((error: unknown) => {
          failure ??= error;
          // The list has only one line for it; the caller prints the error at the end.
          throw new Error('see below', { cause: error });
        });
      },
    })),
    {
      concurrent: atATime,
      exitOnError: true,
      // main.ts has its own listeners, which stop the processes first.
      registerSignalListeners: false,
      renderer: 'default',
      fallbackRenderer: 'simple',
      fallbackRendererCondition: !live,
      rendererOptions: { collapseErrors: false, showErrorMessage: false },
    },
  );
  await list.run().catch((error: unknown) => {
    throw failure ?? error;
  });
}
