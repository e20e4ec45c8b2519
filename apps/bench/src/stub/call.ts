import type { Money } from '@longhaul/contracts';

/** The parts of a call that answers use. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  /** The host and port of the stub, from the call. */
  readonly host: string;
}

/** All fields that any answer uses. */
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
