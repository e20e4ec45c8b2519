import type { StepCall } from '@longhaul/contracts';
import type { CardGateway, Dispute, DisputesService } from '@longhaul/service-clients';
import type { ContextOf } from './context.ts';

export interface DisputeServices {
  readonly gateway: CardGateway;
  readonly disputes: DisputesService;
}

/** Disputes at the card gateway, and their records in the payment service, which refuses refunds of disputed charges. */
export function disputeActivities({ gateway, disputes }: DisputeServices, context: ContextOf) {
  return {
    openDispute: (call: StepCall, dispute: Dispute) => disputes.open(dispute, context(call)),

    readDispute: (call: StepCall, { disputeId }: { disputeId: string }) =>
      gateway.readDispute(disputeId, context(call)),

    closeDispute: (call: StepCall, closing: Dispute & { readonly state: 'won' | 'lost' }) =>
      disputes.close(closing, context(call)),
  };
}
