import { bookingCases } from './booking-cases.ts';
import type { TourCase } from './case.ts';
import { paymentCases } from './payment-cases.ts';
import { approvalCases } from './approval-cases.ts';

/** One or two real runs for each possible outcome of a business process. */
export const cases: readonly TourCase[] = [...bookingCases, ...paymentCases, ...approvalCases];
