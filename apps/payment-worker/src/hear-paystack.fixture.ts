import { chargeReference, HandleDispute, RefundPayment, SettleLateCharge, TopUpWallet } from '@longhaul/contracts';
import { createHttp, gatewayEventsService, isSignedByPaystack, PaystackEvent } from '@longhaul/service-clients';
import type { House, KillableHouse } from '@longhaul/testing';
import { WorkflowNotFoundError } from '@temporalio/client';

const secretKey = 'sk_test_longhaul';
/** However busy the machine is: Paystack would say it again, but not within a spec. */
const recordedWithinMs = 60_000;

/** The gateway's part: what Paystack tells is recorded, and told to whoever waits for it. Its own specs are the gateway's. */
export function hearPaystack(house: House | KillableHouse): void {
  const events = gatewayEventsService(
    createHttp({ service: 'payment', baseUrl: house.sandbox.urls.payment, timeoutMs: recordedWithinMs }),
  );
  const { workflow } = house.client;

  house.sandbox.webhooksTo(async (rawBody, signature) => {
    if (!isSignedByPaystack(rawBody, signature, secretKey)) return 401;
    const { event, id, reference, disputeId } = PaystackEvent.parse(JSON.parse(rawBody));
    if (reference === undefined) return 200;
    const key = `paystack/${event}/${id}`;
    const { concern, openRefunds } = await events.record({ event, id, reference }, { key, correlationId: 'paystack' });
    if (disputeId !== undefined) {
      await handleDispute(disputeId, reference);
      if (!event.endsWith('create')) await tell(`dispute-${disputeId}`, HandleDispute.signals, 'disputeMoved');
    } else if (event.startsWith('refund.')) {
      for (const run of openRefunds) await tell(run, RefundPayment.signals, 'refundMoved');
    } else if (concern.kind === 'top-up' && concern.state === 'waiting') {
      const told = await tell(chargeReference.runOf(reference), TopUpWallet.signals, 'charged');
      if (!told) await settleLate(reference);
    } else if (concern.kind === 'top-up' && concern.credited !== reference) {
      await settleLate(reference);
    } else if (concern.kind === 'payment' && !['completed', 'processing'].includes(concern.state)) {
      await settleLate(reference);
    }
    return 200;
  });

  async function tell<Signals extends object>(workflowId: string, _signals: Signals, name: keyof Signals & string) {
    try {
      await workflow.getHandle(workflowId).signal(name, {});
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  async function handleDispute(disputeId: string, reference: string): Promise<void> {
    const dispute = { disputeId, reference };
    const known = house.started.some(({ workflowId }) => workflowId === HandleDispute.id.of(dispute));
    // It waits for people and banks: the clock of a spec is moved by the spec.
    if (!known) await house.start(HandleDispute, dispute, { time: 'stands' });
  }

  async function settleLate(reference: string): Promise<void> {
    const known = house.started.some(({ workflowId }) => workflowId === SettleLateCharge.id.of({ reference }));
    if (!known) await house.start(SettleLateCharge, { reference });
  }
}
