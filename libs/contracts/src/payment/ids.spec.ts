import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contracts } from '../index.ts';
import {
  chargeReference,
  DeliverWebhook,
  ProcessPayment,
  RedeliverWebhook,
  RefundPayment,
  TopUpWallet,
} from './index.ts';

const keys = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
const refundIds = fc.stringMatching(/^[A-Za-z0-9]{1,32}$/);

describe("a charge's reference", () => {
  it('has only characters that Paystack allows, is unique per checkout and run, and gives the id of its run', () => {
    const checkout = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(keys, keys, checkout, checkout, (one, other, number, otherNumber) => {
        const workflowId = `payment-${one}`;
        const reference = chargeReference.of(workflowId, number);
        expect(reference).toMatch(/^[A-Za-z0-9.=-]+$/);
        expect(chargeReference.runOf(reference)).toBe(workflowId);
        const same = one === other && number === otherNumber;
        expect(chargeReference.of(`payment-${other}`, otherNumber) === reference).toBe(same);
      }),
    );
  });

  it('of the first checkout is the id of the run, without characters that Paystack forbids', () => {
    expect(chargeReference.of('top-up-u_7')).toBe('top-up-u=7');
    expect(chargeReference.of('top-up-u_7', 2)).toBe('top-up-u=7..2');
  });
});

describe('the id of a run', () => {
  it('of a refund is different for each payment and refund', () => {
    const requests = fc.record({ paymentId: keys, refundId: refundIds });
    fc.assert(
      fc.property(requests, requests, (one, other) => {
        const id = (request: typeof one) => RefundPayment.id.of({ ...request, reason: 'sent back' });
        expect(id(one) === id(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });

  it("of a redelivery is never that of a delivery or of another merchant's redelivery", () => {
    fc.assert(
      fc.property(keys, keys, keys, keys, (eventId, merchant, other, redelivery) => {
        const id = RedeliverWebhook.id.of({ eventId, merchant, redelivery });
        expect(DeliverWebhook.id.parse(id)).toBeUndefined();
        expect(RedeliverWebhook.id.of({ eventId, merchant: other, redelivery }) === id).toBe(merchant === other);
      }),
    );
  });

  it('is parsed by one contract only', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const id = ProcessPayment.id.of({ paymentId: key } as never);
        expect(contracts.filter((contract) => contract.id.parse(id) !== undefined)).toEqual([ProcessPayment]);
      }),
    );
  });
});

describe('a caller', () => {
  it.each([['r-1'], ['r_1'], ['r.1'], [''], ['a'.repeat(33)]])('cannot request a refund with the id %j', (refundId) => {
    const { success } = RefundPayment.input.safeParse({ paymentId: 'p', refundId, reason: 'sent back' });
    expect(success).toBe(false);
  });

  it.each([0, -1, -0, 0.5, 1e400, 2 ** 53, '100', null])('cannot request a payment of %s', (amount) => {
    const payment = { paymentId: 'p', user: 'u', merchant: 'm', money: { amount, currency: 'NGN' } };
    expect(ProcessPayment.input.safeParse(payment).success).toBe(false);
  });

  it.each([0, -1, 0.5, 601, 86_400, 1e400, '600'])(
    'is no top-up that may be paid for %s seconds',
    (payWithinSeconds) => {
      const wish = { topUpId: 't', userId: 'u', money: { amount: 1, currency: 'NGN' } };
      expect(TopUpWallet.input.safeParse({ ...wish, payWithinSeconds: 600 }).success).toBe(true);
      expect(TopUpWallet.input.safeParse({ ...wish, payWithinSeconds }).success).toBe(false);
    },
  );
});
