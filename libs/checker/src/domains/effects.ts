import { bookingServices, type BookingEffect, type BookingTables } from './booking/effects.ts';
import {
  paymentServices,
  type FareEffect,
  type PaymentEffect,
  type PaymentTables,
  type StrangersEffect,
} from './payment/effects.ts';

export type * from './booking/effects.ts';
export type * from './payment/effects.ts';

/** What the services of all domains did. */
export type DomainEffect = BookingEffect | FareEffect | PaymentEffect | StrangersEffect;

/** What is in their tables. */
export type DomainTables = BookingTables & PaymentTables;

export const domainServices = [...bookingServices, ...paymentServices] as const;
