import { Money, type StepCall } from '@longhaul/contracts';
import type {
  BookingRecord,
  BookingService,
  CallContext,
  ConfirmRequest,
  HoldRequest,
  Notice,
  NotificationService,
  PaymentService,
} from '@longhaul/service-clients';
import type { BookingRunning, UnderWay } from './booking-under-way.ts';

/** The services that the activities of this worker call. */
export interface BookingServices {
  readonly booking: BookingService;
  readonly payment: PaymentService;
  readonly notification: NotificationService;
  readonly running: BookingRunning;
  /** Key, correlation id, trace and cancellation of a step, for its service call. */
  readonly context: (call: StepCall) => CallContext;
}

export type FoundBooking = Omit<BookingRecord, 'fare'> & { readonly fare: Money };

/** All steps of this worker's stories: which service, which key, which result. */
export function bookingActivities({ booking, payment, notification, running, context }: BookingServices) {
  return {
    holdSeat: (call: StepCall, request: HoldRequest) => booking.hold(request, context(call)),

    renewHold: (call: StepCall, { holdId, ttlSeconds }: { holdId: string; ttlSeconds: number }) =>
      booking.renewHold(holdId, ttlSeconds, context(call)),

    releaseSeat: (call: StepCall, { holdId }: { holdId: string }) => booking.releaseHold(holdId, context(call)),

    chargeFare: (call: StepCall, request: { chargeId: string; user: string; fare: Money }) =>
      payment.charge(request, context(call)),

    /** Without an amount it refunds everything that was captured. */
    refundFare: async (call: StepCall, request: { chargeId: string; refundId: string; amount?: Money }) => {
      const { refunded } = await payment.refund(request, context(call));
      return { refunded: refunded && Money.parse(refunded) };
    },

    confirmBooking: (call: StepCall, request: ConfirmRequest) => booking.confirm(request, context(call)),

    withdrawBooking: (call: StepCall, withdrawal: { bookingId: string; cancelledBy: string }) =>
      booking.cancel(withdrawal, context(call)),

    readBooking: async (call: StepCall, { bookingId }: { bookingId: string }): Promise<FoundBooking | undefined> => {
      const found = await booking.find(bookingId, context(call));
      return found && { ...found, fare: Money.parse(found.fare) };
    },

    /** Cancels the run that is still making this booking, and waits for its outcome. */
    stopBookingUnderWay: (call: StepCall, { bookingId }: { bookingId: string }): Promise<UnderWay> =>
      running.stop(bookingId, call),

    notifyPassenger: (call: StepCall, notice: Notice) => notification.send(notice, context(call)),
  };
}

export type BookingActivities = ReturnType<typeof bookingActivities>;
