import type { BookingRecord, BookingService, PaymentRecord, PaymentsService } from '@longhaul/service-clients';

const money = { amount: 450_000, currency: 'NGN' };

const booking = (bookingId: string, user: string): BookingRecord => ({
  bookingId,
  state: 'confirmed',
  madeBy: 'run-1',
  cancelledBy: null,
  reference: 'ABCDEF',
  user,
  trip: { bus: 'b-7', departureAt: '2027-01-04T08:00:00.000Z' },
  seat: '4',
  holdId: `hold-${bookingId}`,
  chargeId: `charge-${bookingId}`,
  fare: money,
});

const payment = (paymentId: string, merchant: string): PaymentRecord => ({
  paymentId,
  user: 'u-ada',
  merchant,
  money,
  state: 'completed',
  reference: `payment-${paymentId}`,
  refunded: { ...money, amount: 0 },
  madeBy: 'run-1',
  reason: null,
  chargeReturned: false,
  eventId: `evt-${paymentId}-1`,
});

const bookings = [booking('bk-u-ada.r-1', 'u-ada'), booking('bk-u-bayo.r-1', 'u-bayo')];
const payments = [payment('u-ada.p-1', 'm-shop'), payment('u-ada.p-2', 'm-kiosk')];

/** Records of the services. */
export const bookingRecords: Pick<BookingService, 'find'> = {
  find: (wanted) => Promise.resolve(bookings.find(({ bookingId }) => bookingId === wanted)),
};
export const paymentRecords: Pick<PaymentsService, 'find'> = {
  find: (wanted) => Promise.resolve(payments.find(({ paymentId }) => paymentId === wanted)),
};
