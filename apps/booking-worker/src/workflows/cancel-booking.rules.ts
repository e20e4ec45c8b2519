import type { Money } from '@longhaul/contracts';
import { hourMs } from '@longhaul/workflow-kit';
import type { FoundBooking } from '../activities.ts';

/** The refund rules, most generous first: at least this long before departure gives back this share of the fare. */
const refundRules = [
  { atLeastHoursBefore: 24, refundPercent: 100 },
  { atLeastHoursBefore: 2, refundPercent: 50 },
  { atLeastHoursBefore: 0, refundPercent: 0 },
] as const;

/** The share that goes back when a booking is cancelled at `cancelledAtMs`; undefined when the bus has left. */
export function refundPercentAt(departureAt: string, cancelledAtMs: number): number | undefined {
  const hoursLeft = (Date.parse(departureAt) - cancelledAtMs) / hourMs;
  return refundRules.find(({ atLeastHoursBefore }) => hoursLeft >= atLeastHoursBefore)?.refundPercent;
}

/** A share of an amount, rounded down to a whole minor unit. Exact for every safe integer. */
export function shareOf({ amount, currency }: Money, percent: number): Money {
  return { amount: Number((BigInt(amount) * BigInt(percent)) / 100n), currency };
}

export function cancellationNotice({ user, bookingId, trip }: FoundBooking, refund: Money) {
  const data = { bookingId, bus: trip.bus, departureAt: trip.departureAt };
  return {
    user,
    template: 'booking-cancelled' as const,
    data: { ...data, refundMinorUnits: String(refund.amount), currency: refund.currency },
  };
}

/** Never that of a ride's own refund, whatever its user is called. */
export function cancellationRefundId(bookingId: string): string {
  return `cancellation-refund-${bookingId}`;
}
