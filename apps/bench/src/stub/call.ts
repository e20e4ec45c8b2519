import type { Money } from '@longhaul/contracts';

/** What an answer is made of. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  /** Where the stub was called. */
  readonly host: string;
}

/** All that any of the answers reads. */
interface Body {
  readonly bookingId?: string;
  readonly chargeId?: string;
  readonly reference?: string;
  readonly amount?: number;
  readonly currency?: string;
  readonly money?: Money;
  readonly eventId?: string;
}

export type Answers = Readonly<Record<string, (call: Call) => unknown>>;
