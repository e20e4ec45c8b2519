import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CheckoutAnswer, TopUpWalletOutcome } from '@longhaul/contracts';
import type { Client } from '@temporalio/client';
import { paystackSecretKey, type Stub } from '../setup/processes.ts';
import { nowUs } from '../measure/clock.ts';

export interface TopUpSetup {
  readonly gatewayUrl: string;
  readonly user: string;
  readonly token: string;
  readonly client: Client;
  readonly stub: Stub;
}

const answerWithinMs = 30_000;
/** Shorter than Paystack's minutes. The gateway goes on with an event that it could not process in time. */
const sendAgainMs = 100;
const money = { amount: 500_000, currency: 'NGN' };

/**
 * One top-up from start to end. Returns the time from sending the webhook to the call that credits the wallet, in milliseconds.
 */
export async function topUpOnce(setup: TopUpSetup): Promise<number> {
  const { workflowId, checkout } = await start(setup);
  if (checkout?.checkout !== 'open') throw new Error(`The checkout is not open [${workflowId}]`);
  const { reference } = checkout;
  const credited = setup.stub.creditedAtUs(reference);
  const sentAtUs = nowUs();
  const [creditedAtUs] = await Promise.all([credited, tellGateway(setup, reference)]);
  const outcome = (await setup.client.workflow.getHandle(workflowId).result()) as TopUpWalletOutcome;
  if (outcome.status !== 'credited') throw new Error(`A top-up ended otherwise [${workflowId}: ${outcome.status}]`);
  return (creditedAtUs - sentAtUs) / 1_000;
}

async function start({ gatewayUrl, user, token }: TopUpSetup) {
  const answer = await fetch(`${gatewayUrl}/api/v1/wallets/${user}/top-ups`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ topUpId: randomUUID(), money }),
    signal: AbortSignal.timeout(answerWithinMs),
  });
  const text = await answer.text();
  if (answer.status !== 202) throw new Error(`A top-up was not started [${answer.status} ${text}]`);
  return JSON.parse(text) as { readonly workflowId: string; readonly checkout?: CheckoutAnswer };
}

/** Sends a webhook like Paystack: signed, and repeated until it is accepted. */
async function tellGateway({ gatewayUrl }: TopUpSetup, reference: string): Promise<void> {
  const data = { id: randomUUID(), domain: 'test', status: 'success', reference, ...money };
  const body = JSON.stringify({ event: 'charge.success', data });
  const signature = createHmac('sha512', paystackSecretKey).update(body).digest('hex');
  for (;;) {
    const { status } = await fetch(`${gatewayUrl}/api/v1/webhooks/paystack`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-paystack-signature': signature },
      body,
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (status === 200) return;
    if (status !== 503) throw new Error(`The webhook was not taken [${reference}: ${status}]`);
    await pause(sendAgainMs);
  }
}
