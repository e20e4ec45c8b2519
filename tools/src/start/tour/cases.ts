import { bookingCases } from './booking-cases.ts';
import type { TourCase } from './case.ts';
import { paymentCases } from './payment-cases.ts';

/** One real run, or two, of each way that a business process can go. */
export const cases: readonly TourCase[] = [...bookingCases, ...paymentCases];
