import { bookingServices, type BookingEffect, type BookingTables } from './booking/effects.ts';
import {
  paymentServices,
  type FareEffect,
  type PaymentEffect,
  type PaymentTables,
  type StrangersEffect,
} from './payment/effects.ts';
import { approvalServices, type ApprovalEffect, type ApprovalTables } from './approval/effects.ts';

export type * from './booking/effects.ts';
export type * from './payment/effects.ts';
export type * from './approval/effects.ts';

/** The effects of all domains. */
export type DomainEffect = BookingEffect | FareEffect | PaymentEffect | StrangersEffect | ApprovalEffect;

/** The tables of all domains. */
export type DomainTables = BookingTables & PaymentTables & ApprovalTables;

export const domainServices = [...bookingServices, ...paymentServices, ...approvalServices] as const;
