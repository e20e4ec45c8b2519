import { actionsFor, HandleDispute, type RunToStart, type SignalToSend } from '@longhaul/contracts';
import { createHttp, gatewayEventsService, isSignedByPaystack, PaystackEvent } from '@longhaul/service-clients';
import type { House, KillableHouse } from '@longhaul/testing';
import { WorkflowNotFoundError } from '@temporalio/client';

const secretKey = 'sk_test_longhaul';
/** Long enough for a busy machine, because Paystack's repeat would come too late for a spec. */
const recordedWithinMs = 60_000;

/** Records Paystack's events and signals or starts runs, in place of the gateway, which has its own specs. */
export function hearPaystack(house: House | KillableHouse): void {
  const events = gatewayEventsService(
    createHttp({ service: 'payment', baseUrl: house.sandbox.urls.payment, timeoutMs: recordedWithinMs }),
  );

  house.sandbox.webhooksTo(async (rawBody, signature) => {
    if (!isSignedByPaystack(rawBody, signature, secretKey)) return 401;
    const { event, id, reference, disputeId } = PaystackEvent.parse(JSON.parse(rawBody));
    if (reference === undefined) return 200;
    const key = `paystack/${event}/${id}`;
    const recorded = await events.record({ event, id, reference }, { key, correlationId: 'paystack' });
    const { start, signals = [], startUnlessSignalled } = actionsFor({ event, reference, disputeId, ...recorded });
    if (start) await startUnlessThere(start);
    const sent = await Promise.all(signals.map(send));
    if (startUnlessSignalled && !sent.includes(true)) await startUnlessThere(startUnlessSignalled);
    return 200;
  });

  async function send({ workflowId, name }: SignalToSend): Promise<boolean> {
    try {
      await house.client.workflow.getHandle(workflowId).signal(name, {});
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  async function startUnlessThere({ contract, input }: RunToStart): Promise<void> {
    const there = house.started.some(({ workflowId }) => workflowId === contract.id.of(input));
    // A dispute waits for people and banks, so its clock must be moved by the spec.
    const time = contract.type === HandleDispute.type ? ({ time: 'stands' } as const) : {};
    if (!there) await house.start(contract, input, time);
  }
}
