import { Money, type StepCall } from '@longhaul/contracts';
import type {
  CardGateway,
  ChargeState as GatewayChargeState,
  DisputesService,
  PaymentsService,
  RefundSent,
} from '@longhaul/service-clients';
import type { ContextOf } from './context.ts';

export interface ChargeServices {
  readonly gateway: CardGateway;
  readonly payments: PaymentsService;
  readonly disputes: DisputesService;
}

/** A charge as the stories see it: its currency is one that we support. */
export type ChargeState =
  | (Extract<GatewayChargeState, { readonly status: 'success' | 'reversed' }> & { readonly money: Money })
  | Exclude<GatewayChargeState, { readonly status: 'success' | 'reversed' }>;

/** Calls of the card gateway. It ignores idempotency keys, so the policies of the steps say which calls may be repeated. */
export function chargeActivities({ gateway, payments, disputes }: ChargeServices, context: ContextOf) {
  return {
    /** The saved card and the mail address are looked up here, so that neither is in any history. */
    chargeCard: async (call: StepCall, { user, ...charge }: { reference: string; user: string; money: Money }) => {
      const { email, authorization } = await payments.customer(user, context(call));
      return inOurMoney(await gateway.charge({ ...charge, email, authorization }, context(call)));
    },

    findCharge: async (call: StepCall, { reference }: { reference: string }): Promise<ChargeState | undefined> => {
      const found = await gateway.find(reference, context(call));
      return found && inOurMoney(found);
    },

    openCheckout: async (
      call: StepCall,
      { userId, ...checkout }: { reference: string; userId: string; money: Money },
    ) => {
      const { email } = await payments.customer(userId, context(call));
      return gateway.openCheckout({ ...checkout, email }, context(call));
    },

    /**
     * The step's key is sent as a note, by which `findRefund` finds this refund among others of the same charge. A disputed
     * charge is not refunded. If the dispute comes between the check and the call, the gateway shows the refund to the person
     * who answers the dispute.
     */
    sendRefund: async (call: StepCall, refund: { reference: string; money: Money }): Promise<RefundSent> => {
      if (await disputes.isDisputed(refund.reference, context(call))) {
        return { status: 'refused', reason: 'charge-disputed' };
      }
      return gateway.refund({ ...refund, note: noteOf(call, 'sendRefund') }, context(call));
    },

    /** This run's own refund; with `anybodys`, any refund of the same charge. */
    findRefund: async (
      call: StepCall,
      { anybodys = false, ...sought }: { reference: string; since?: string; anybodys?: boolean },
    ) => {
      const note = anybodys ? {} : { note: noteOf(call, 'sendRefund') };
      const found = await gateway.findRefund({ ...sought, ...note }, context(call));
      return found && { ...found, money: Money.parse(found.money) };
    },

    readRefund: (call: StepCall, { refundId }: { refundId: string }) => gateway.readRefund(refundId, context(call)),
  };
}

function inOurMoney(state: GatewayChargeState): ChargeState {
  return 'money' in state ? { ...state, money: Money.parse(state.money) } : state;
}

/** The key of the step that sends the refund, also if another step of the same run calls this. */
function noteOf({ key }: StepCall, step: string): string {
  const [workflowId] = key.split('/');
  return `${workflowId}/${step}`;
}
