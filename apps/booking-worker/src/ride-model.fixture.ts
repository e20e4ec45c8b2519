import type { BookRideOutcome, CancelAnswer } from '@longhaul/contracts';
import fc from 'fast-check';

const forward = ['holdSeat', 'chargeFare', 'confirmBooking', 'addToManifest', 'notifyPassenger'] as const;
const undos = ['takeOffManifest', 'withdrawBooking', 'refundFare', 'releaseSeat'] as const;
const step = fc.constantFrom(...forward, ...undos);

/** Messages to a ride, sent when a call of one of its steps reaches its service, or right after its work. */
const message = fc.record({
  phase: fc.constantFrom('before' as const, 'after' as const),
  step,
  says: fc.constantFrom('cancel update', 'cancel signal', 'resolve', 'start again', 'status'),
});

const fault = fc.oneof(
  fc.constant(undefined),
  fc.record({
    step,
    kind: fc.constantFrom('error-before-commit', 'error-after-commit', 'lost-answer', 'too-many-requests', 'refusal'),
  }),
);

/** A ride with everything that happens to it. */
export const history = fc.record({
  who: fc.constantFrom('anybody', 'declined', 'too-late', 'sold-out', 'refused'),
  fastPath: fc.boolean(),
  fault,
  messages: fc.array(message, { maxLength: 4 }),
  /** The answer of an operator if the ride parks. */
  operator: fc.constantFrom('retry' as const, 'settled' as const),
});
export type RideHistory = typeof history extends fc.Arbitrary<infer History> ? History : never;

/** How a ride ends if it is not cancelled. Temporary faults do not change it. */
function endsAs({ who, fault, operator }: RideHistory): BookRideOutcome['status'] {
  const refused = fault?.kind === 'refusal' ? fault.step : undefined;
  if (refused === 'holdSeat') return 'failed';
  if (who === 'too-late') return 'quote-refused';
  if (who === 'sold-out') return 'sold-out';
  if (refused === 'chargeFare') return 'failed';
  if (who === 'declined') return 'declined';
  if (refused === 'confirmBooking') return 'failed';
  // It parks at the manifest before fleet can refuse. If an operator settles the step, fleet is not called again.
  if (refused === 'addToManifest' && operator === 'settled') return 'confirmed';
  return who === 'refused' ? 'refused' : 'confirmed';
}

/** The answer to a cancel; `gone`: the ride had ended. */
export type Told = CancelAnswer['answer'] | 'gone';

/** The allowed outcomes of a ride, given the answers to its callers. */
export function mayEndAs(history: RideHistory, told: readonly Told[]): readonly BookRideOutcome['status'][] {
  if (told.includes('accepted')) return ['cancelled'];
  const signalled = history.messages.some(({ says }) => says === 'cancel signal');
  return signalled ? ['cancelled', endsAs(history)] : [endsAs(history)];
}
