export * from './booking.ts';
export * from './contract.ts';
export * from './fleet.ts';
export { check, mostIssues, type Checked, type FieldIssue } from './issues.ts';
export * from './memo.ts';
export * from './messages.ts';
export * from './money.ts';
export * from './notice.ts';
export * from './payment/index.ts';
export * from './unknown-fields.ts';
export * from './values.ts';
export * from './approval/index.ts';

import { BookRide, CancelBooking } from './booking.ts';
import type { WorkflowContract } from './contract.ts';
import {
  DeliverWebhook,
  HandleDispute,
  ProcessPayment,
  RedeliverWebhook,
  RefundPayment,
  SettleLateCharge,
  TopUpWallet,
} from './payment/index.ts';
import { Approval } from './approval/index.ts';

/** All workflows. The gateway's routes and the workers' input checks are made from this list. */
export const contracts: readonly WorkflowContract[] = [
  BookRide,
  CancelBooking,
  ProcessPayment,
  TopUpWallet,
  RefundPayment,
  DeliverWebhook,
  RedeliverWebhook,
  SettleLateCharge,
  HandleDispute,
  Approval,
];
