import { chargeActivities, type ChargeServices } from './activities/charges.ts';
import type { ContextOf } from './activities/context.ts';
import { disputeActivities, type DisputeServices } from './activities/disputes.ts';
import { paymentRecordActivities, type PaymentRecordServices } from './activities/payment-records.ts';
import { topUpActivities, type TopUpServices } from './activities/top-ups.ts';
import { type deliveryActivities, endpointActivities, type EndpointServices } from './activities/webhooks.ts';

export type { ChargeState } from './activities/charges.ts';
export type { FoundPayment } from './activities/payment-records.ts';
export type { FoundTopUp } from './activities/top-ups.ts';
export type { WebhookTry } from './activities/webhooks.ts';

/** The services that the activities on the payment queue call. */
export interface PaymentServices
  extends ChargeServices, DisputeServices, PaymentRecordServices, TopUpServices, EndpointServices {}

/** The steps of this worker's stories, without those on the queue of deliveries: which service, which key, which result. */
export function paymentActivities(services: PaymentServices, context: ContextOf) {
  return {
    ...chargeActivities(services, context),
    ...disputeActivities(services, context),
    ...paymentRecordActivities(services, context),
    ...topUpActivities(services, context),
    ...endpointActivities(services, context),
  };
}

/** All steps that a story may call. */
export type PaymentActivities = ReturnType<typeof paymentActivities> & ReturnType<typeof deliveryActivities>;
