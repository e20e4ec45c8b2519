import { Problem } from '../http/problem.ts';

/** Longer than a look-up at Temporal or a service usually takes, and short for a person. */
const stepMs = 50;

/**
 * Delays "not found" answers to a multiple of 50 ms. Finding another user's run takes a little longer than finding none, so
 * that without the delay a caller who measures often enough could tell the two apart.
 */
export async function inStep<T>(look: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await look();
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') {
      const leftMs = stepMs - ((performance.now() - begun) % stepMs);
      await new Promise((resolve) => setTimeout(resolve, leftMs));
    }
    throw error;
  }
}
