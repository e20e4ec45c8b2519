import { Problem } from '../http/problem.ts';

/** Longer than any look at Temporal or a service usually takes, and short for a person. */
const stepMs = 50;

/**
 * That nothing is there for the caller is said on a beat: what is somebody else's takes a little longer to be seen
 * than what is missing, and who measures often enough could tell one from the other.
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
