import { Listr } from 'listr2';
import { tellPlainly, type Progress } from '@longhaul/testing/servers';

export interface Step {
  readonly title: string;
  run(shown: Shown): Promise<unknown>;
}

/** What the person sees of a step while it runs. */
export interface Shown extends Progress {
  /** Stays when the step is done. */
  readonly title: (text: string) => void;
}

/** A list that ticks off on a terminal, and plain lines anywhere else. */
export const live = process.stdout.isTTY && !process.env['CI'];

/**
 * Runs the steps, and stops caring for them as soon as `interrupted` rejects.
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
          // The list has one line for it; the rest is told by the caller, at the end.
          throw new Error('see below', { cause: error });
        });
      },
    })),
    {
      concurrent: atATime,
      exitOnError: true,
      // Ours, in main.ts: it stops the processes before it leaves.
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
