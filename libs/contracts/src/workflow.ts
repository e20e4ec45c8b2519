/**
 * The contracts as workflows see them: functions that hide zod. The build compiles this file and zod into one module that all
 * workflows of a worker share (`preloadModules`). The sandbox freezes the exports of a shared module, and zod does not work
 * when frozen, so these exports must not contain any zod object.
 */
import type { z } from 'zod';
import * as booking from './booking.ts';
import { idempotencyKey, type InputOf, type Queue, type WorkflowContract } from './contract.ts';
import { check, type Checked } from './issues.ts';
import * as payment from './payment/index.ts';
import * as approval from './approval/index.ts';

export { idempotencyKey };
export { readMemo } from './memo.ts';
export { answeredAtTheDoor } from './messages.ts';
export type { Checked } from './issues.ts';

export interface WorkflowFace<C extends WorkflowContract> {
  readonly type: C['type'];
  readonly queue: Queue;
  idOf(input: InputOf<C>): string;
  /** The business key in that id. */
  keyOf(input: InputOf<C>): string;
  /** Never set: only lets TypeScript infer a story's input and outcome from its contract. */
  readonly contract?: C;
  checkInput(value: unknown): Checked<InputOf<C>>;
  checkUpdate<Name extends keyof C['updates']>(
    name: Name,
    value: unknown,
  ): Checked<z.output<C['updates'][Name]['input']>>;
  checkSignal<Name extends keyof C['signals']>(name: Name, value: unknown): Checked<z.output<C['signals'][Name]>>;
  readonly accepts: { readonly updates: readonly string[]; readonly signals: readonly string[] };
  readonly steps: C['steps'];
  /** What callers can do instead when their message comes after the decision. */
  readonly whenFinished: string;
}

/** A contract as workflows see it. */
export function face<C extends WorkflowContract>(contract: C): WorkflowFace<C> {
  return {
    type: contract.type,
    queue: contract.queue,
    idOf: (input) => contract.id.of(input),
    keyOf: (input) => contract.id.parse(contract.id.of(input))!,
    checkInput: (value) => check(contract.input, value) as Checked<InputOf<C>>,
    checkUpdate: (name, value) => check(contract.updates[name as string]!.input, value) as never,
    checkSignal: (name, value) => check(contract.signals[name as string]!, value) as never,
    accepts: { updates: Object.keys(contract.updates), signals: Object.keys(contract.signals) },
    steps: contract.steps,
    whenFinished: contract.http.whenFinished,
  };
}

export const BookRide = face(booking.BookRide);
export const CancelBooking = face(booking.CancelBooking);
export const ProcessPayment = face(payment.ProcessPayment);
export const TopUpWallet = face(payment.TopUpWallet);
export const RefundPayment = face(payment.RefundPayment);
export const DeliverWebhook = face(payment.DeliverWebhook);
export const RedeliverWebhook = face(payment.RedeliverWebhook);
export const SettleLateCharge = face(payment.SettleLateCharge);
export const HandleDispute = face(payment.HandleDispute);
export const Approval = face(approval.Approval);

/** The ids that are made from a request. */
export const bookingIdOf = (rideKey: string): string => booking.bookingId.of(rideKey);

/** The reference of a run's charge at the card gateway. */
export const chargeReferenceOf = (workflowId: string, checkout?: number): string =>
  payment.chargeReference.of(workflowId, checkout);
