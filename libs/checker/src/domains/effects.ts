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

/** The effects of all domains. */
export type DomainEffect = BookingEffect | FareEffect | PaymentEffect | StrangersEffect;

/** The tables of all domains. */
export type DomainTables = BookingTables & PaymentTables;

export const domainServices = [...bookingServices, ...paymentServices] as const;
