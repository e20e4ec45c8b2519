export * from './booking.ts';
export * from './fleet.ts';
export * from './http.ts';
export * from './notification.ts';
export * from './payment.ts';
export { ServiceError, verdictOn, type Verdict } from './service-error.ts';
export type { Money, Trip } from './values.ts';
