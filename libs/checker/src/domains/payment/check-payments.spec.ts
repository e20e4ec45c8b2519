import { describe, expect, it } from 'vitest';
import {
  alsoDid,
  alsoPosted,
  callOf,
  drop,
  ended,
  found,
  row,
  runOf,
  transactionOf,
  triedAgain,
  type Draftable,
} from '../../fixtures/case.fixture.ts';
import { violationsWhen } from '../../fixtures/violations-when.fixture.ts';

const naira = (amount: number) => ({ amount, currency: 'NGN' });
const asked = { code: 'asked', owner: 'payment-operations', step: null, raisedAfterMs: null };

/** Parks the run: removes its outcome and what callers were answered about it. */
function park(evidence: Draftable, workflowId: string, code: string): void {
  const run = runOf(evidence, workflowId);
  run.status = 'running';
  run.outcome = undefined;
  run.attention = [{ ...asked, code, settled: false, settledByHand: false }];
  evidence.answers = evidence.answers.filter(
    (answer) => answer.workflowId !== workflowId || (answer.call !== 'status' && answer.call !== 'result'),
  );
}

/** Marks the run as settled by hand. */
function settleByHand(evidence: Draftable, workflowId: string): void {
  runOf(evidence, workflowId).attention = [{ ...asked, settled: true, settledByHand: true }];
  ended(evidence, workflowId, { status: 'settled-by-hand', by: 'Grace', note: 'paid out in cash', eventId: null });
}

function unrefund(evidence: Draftable, reference: string, status: 'failed' | 'needs-attention'): void {
  found(transactionOf(evidence, reference).refunds, () => true).status = status;
  drop(evidence.sandbox.journal, (entry) => entry.key === `paystack/refund.processed/${reference}/1`);
}

describe('The checker reports nothing', () => {
  it('about a payment that is parked because its refund fails', () => {
    const violations = violationsWhen((evidence) => {
      park(evidence, 'payment-u-p3.p3', 'refund-failed');
      unrefund(evidence, 'payment-u-p3.p3', 'failed');
    });
    expect(violations).toEqual([]);
  });

  it('about a refund that was not sent and is parked because its charge is disputed', () => {
    const violations = violationsWhen((evidence) => {
      const [workflowId, reference] = ['payment-u-p3.p3', 'payment-u-p3.p3'];
      park(evidence, workflowId, 'charge-disputed');
      const sent = found(runOf(evidence, workflowId).steps, ({ step }) => step === 'sendRefund');
      sent.result = { status: 'refused', reason: 'charge-disputed' };
      const { journal, calls } = evidence.sandbox;
      for (const key of [`${workflowId}/sendRefund`, `paystack/refund.processed/${reference}/1`]) {
        drop(journal, (entry) => entry.key === key);
        drop(calls, (call) => call.key === key);
      }
      Object.assign(transactionOf(evidence, reference), { status: 'success', refunds: [] });
    });
    expect(violations).toEqual([]);
  });

  it('about a refund that a person settled, with its amount still reserved', () => {
    const violations = violationsWhen((evidence) => {
      settleByHand(evidence, 'refund-u-p_1.p_1-a1');
      unrefund(evidence, 'payment-u-p=1.p=1', 'needs-attention');
      const refund = found(evidence.sandbox.payments[0]!.refunds, () => true);
      Object.assign(refund, { state: 'reserved', gatewayRefundId: null });
      const { journal, calls, merchantEvents } = evidence.sandbox;
      for (const key of ['refund-u-p_1.p_1-a1/settleRefund', 'evt-p_1-2']) {
        drop(journal, (entry) => entry.key === key);
        drop(calls, (call) => call.key === key);
      }
      drop(merchantEvents, ({ eventId }) => eventId === 'evt-p_1-2');
      drop(evidence.runs, ({ workflowId }) => workflowId === 'webhook-evt-p_1-2');
      alsoPosted(evidence, 'gateway:paystack', 'refunds:pending', naira(2_500));
    });
    expect(violations).toEqual([]);
  });

  it('about a top-up that was paid with another amount and settled by a person', () => {
    const violations = violationsWhen((evidence) => {
      settleByHand(evidence, 'top-up-u-t3.t3');
      runOf(evidence, 'top-up-u-t3.t3').updates = [];
      drop(evidence.answers, ({ call, workflowId }) => call === 'cancel' && workflowId === 'top-up-u-t3.t3');
      unrefund(evidence, 'top-up-u-t3.t3', 'failed');
      evidence.sandbox.topUps[2]!.state = 'settled-by-hand';
      row(evidence, 'top-up-closed', 'u-t3.t3').state = 'settled-by-hand';
    });
    expect(violations).toEqual([]);
  });

  it('about a delivery that was given up after three days, with the endpoint marked and its owner notified', () => {
    const violations = violationsWhen((evidence) => {
      park(evidence, 'webhook-evt-p2-1', 'webhook-undeliverable');
      row(evidence, 'endpoint-marked', 'm-gone').state = 'failing';
    });
    expect(violations).toEqual([]);
  });

  it('about an owner who could not be notified because the notification service was down for a day', () => {
    const violations = violationsWhen((evidence) => {
      found(runOf(evidence, 'webhook-evt-p2-1').steps, ({ step }) => step === 'tellMerchant').state = 'failed';
      drop(evidence.sandbox.journal, ({ key }) => key === 'webhook-evt-p2-1/tellMerchant');
      drop(evidence.sandbox.mails, ({ messageId }) => messageId.startsWith('webhook-evt-p2-1'));
    });
    expect(violations).toEqual([]);
  });

  it('about a payment that was completed by a call whose answer was lost, and undone before its event was sent', () => {
    const violations = violationsWhen((evidence) => {
      // The event of the failure becomes the second event.
      const second = JSON.parse(JSON.stringify(evidence).replaceAll('evt-p3-1', 'evt-p3-2')) as Draftable;
      Object.assign(evidence, second);
      row(evidence, 'payment-closed', 'u-p3.p3').sequence = 2;
      const failure = found(evidence.sandbox.merchantEvents, ({ eventId }) => eventId === 'evt-p3-2');
      failure.sequence = 2;
      const told = { eventId: 'evt-p3-1', sequence: 1 };
      evidence.sandbox.merchantEvents.push({ ...failure, ...told, type: 'payment.completed' });
      const [reference, money] = ['payment-u-p3.p3', naira(7_500)];
      const completion = { effect: 'payment-completed', paymentId: 'u-p3.p3', reference, money, ...told } as const;
      alsoDid(evidence, completion, 'payment-u-p3.p3/completePayment');
      row(evidence, 'payment-completed', 'u-p3.p3').seq = row(evidence, 'payment-closed', 'u-p3.p3').seq - 0.5;
      alsoPosted(evidence, 'gateway:paystack', 'merchant:m-shop', money);
      alsoPosted(evidence, 'merchant:m-shop', 'gateway:paystack', money);
    });
    expect(violations).toEqual([]);
  });

  it('about closing a payment that was never opened', () => {
    const violations = violationsWhen((evidence) => {
      const key = 'payment-u-p2.p2/openPayment';
      drop(runOf(evidence, 'payment-u-p2.p2').steps, ({ step }) => step === 'openPayment');
      drop(evidence.sandbox.calls, (call) => call.key === key);
      drop(evidence.sandbox.journal, (entry) => entry.key === key);
    });
    expect(violations).toEqual([]);
  });

  it('about a bank that decided late', () => {
    const violations = violationsWhen((evidence) => {
      const charged = row(evidence, 'card-charged', 'payment-u-p=1.p=1');
      evidence.sandbox.journal.push({ ...charged, key: null, correlationId: null, seq: charged.seq + 0.5 });
      charged.status = 'pending';
    });
    expect(violations).toEqual([]);
  });

  it('about a charge that was looked up before its retry and reached the gateway after the look-up', () => {
    const violations = violationsWhen((evidence) => {
      triedAgain(evidence, 'payment-u-p_1.p_1', 'chargeCard', { lookedBy: 'findCharge' });
    });
    expect(violations).toEqual([]);
  });

  it('about a charge that was retried without a look-up because the gateway had refused it as too busy', () => {
    const violations = violationsWhen(({ sandbox }) => {
      const charge = callOf({ sandbox }, 'payment-u-p_1.p_1/chargeCard');
      sandbox.calls.push({ ...charge, status: 429, seq: charge.seq - 0.5 });
    });
    expect(violations).toEqual([]);
  });

  it("about a webhook for somebody else's charge", () => {
    const violations = violationsWhen(({ sandbox }) => {
      const key = 'paystack/charge.success/7';
      const call = { ...callOf({ sandbox }, 'paystack/charge.success/payment-u-p3.p3/1'), key, seq: 1_000 };
      const heard = { effect: 'gateway-event-recorded', event: 'charge.success', id: '7' } as const;
      const { at, service, correlationId } = call;
      sandbox.calls.push(call);
      sandbox.journal.push({
        ...{ ...heard, reference: 'of-another-shop', concern: 'none', seq: 1_000 },
        ...{ at, service, key, correlationId },
      });
    });
    expect(violations).toEqual([]);
  });
});
