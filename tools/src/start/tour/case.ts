import type { Tour } from './tour.ts';

export interface TourCase {
  readonly title: string;
  readonly asked: string;
  readonly expected: string;
  /** The workers without which it cannot end. */
  readonly needs: readonly string[];
  run(tour: Tour): Promise<Ended>;
}

export interface Ended {
  /** In the words of the table. */
  readonly happened: string;
  readonly asItShould: boolean;
}

/** A tour may be run again on the same server: its requests are new ones. */
export const tourId = Date.now().toString(36);
