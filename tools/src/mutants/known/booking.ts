import { int, spec, type Mutant } from '../mutant.ts';

const booking = 'apps/booking-worker/src/workflows';

export const bookingMutants: readonly Mutant[] = [
  {
    defect: 'a step of a ride has no undo',
    file: 'libs/contracts/src/booking.ts',
    find: "chargeFare: { undoneBy: 'refundFare' },",
    replace: 'chargeFare: {},',
    seenBy: int(`${booking}/book-ride.int.spec.ts`),
  },
  {
    defect: 'a run under way takes another step than its history tells',
    file: `${booking}/book-ride.workflow.ts`,
    find: 'if (lapsesTooSoon(hold.expiresAt, Date.now())) {',
    replace: 'if (lapsesTooSoon(hold.expiresAt, Date.now()) || hold.seat !== "") {',
    seenBy: spec(`${booking}/replay.spec.ts`),
  },
  {
    defect: 'a lapsing hold is not renewed',
    file: `${booking}/book-ride.rules.ts`,
    find: 'nowMs < confirmMarginMs;',
    replace: 'nowMs < -confirmMarginMs;',
    seenBy: spec(`${booking}/book-ride.rules.spec.ts`),
  },
  {
    defect: 'half of the fare goes back until an hour before departure',
    file: `${booking}/cancel-booking.rules.ts`,
    find: 'atLeastHoursBefore: 2,',
    replace: 'atLeastHoursBefore: 1,',
    seenBy: spec(`${booking}/cancel-booking.rules.spec.ts`),
  },
  {
    defect: 'the share that goes back is of the moment at which it is worked out',
    file: `${booking}/cancel-booking.workflow.ts`,
    find: 'workflowInfo().startTime.getTime()',
    replace: 'workflowInfo().startTime.getTime() * 0 + Date.now()',
    seenBy: int(`${booking}/cancel-booking.int.spec.ts`),
  },
  {
    defect: 'a booking of an earlier run is taken back',
    file: `${booking}/earlier-run.ts`,
    find: 'if (ownOrNone && !unread) return undefined;',
    replace: 'if (!unread) return undefined;',
    seenBy: int(`${booking}/book-ride.again.int.spec.ts`),
  },
  {
    defect: 'a refusal at the manifest costs nobody the booking',
    file: `${booking}/book-ride.workflow.ts`,
    find: "if (listed?.status === 'refused') return",
    replace: "if (listed?.status === 'refused' && seat === '') return",
    seenBy: int(`${booking}/book-ride.int.spec.ts`),
  },
  {
    defect: 'a ride does not say what fare its user accepts',
    file: `${booking}/book-ride.workflow.ts`,
    find: 'segment, quoteId, fare };',
    replace: 'segment, quoteId, fare: { ...fare, amount: 750_000 } };',
    seenBy: int(`${booking}/book-ride.quotes.int.spec.ts`),
  },
  {
    defect: 'a quote that does not hold is a fault of the hold',
    file: 'libs/service-clients/src/booking.ts',
    find: '          ...quoteRefusals,\n',
    replace: '',
    seenBy: int(`${booking}/book-ride.quotes.int.spec.ts`),
  },
  {
    defect: 'the booking service holds a seat on a quote that has expired',
    file: 'libs/sandbox/src/services/booking/quotes.ts',
    find: 'Date.parse(quote.expires_at) <= Date.parse(now)',
    replace: 'Date.parse(quote.expires_at) <= 0',
    seenBy: spec('libs/sandbox/src/specs/quotes.spec.ts'),
  },
  {
    defect: '"your seat is confirmed" comes after "your booking is cancelled"',
    file: 'apps/booking-worker/src/booking-under-way.ts',
    find: "await run.signal('bookingCancelled', {});",
    replace: "return { status: 'none' };",
    seenBy: int(`${booking}/cancel-booking.under-way.int.spec.ts`),
  },
];
