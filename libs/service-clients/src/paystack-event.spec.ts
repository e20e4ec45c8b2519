import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaystackEvent } from './paystack-event.ts';

const reference = 'payment-p=1';

describe('an event of Paystack', () => {
  it.each([
    ['a charge', 'charge.success', { id: 302_961, reference, amount: 1_000 }, '302961'],
    ['a charge whose id is a text', 'charge.success', { id: '302961', reference }, '302961'],
    ['a charge without an id', 'charge.success', { reference, status: 'success' }, `${reference}/success`],
    ['a refund', 'refund.processed', { transaction_reference: reference, refund_reference: 'R1', id: 7 }, 'R1'],
    [
      'a refund that has no reference yet',
      'refund.pending',
      { transaction_reference: reference, refund_reference: null, id: 7, amount: '1000' },
      '7',
    ],
    [
      'a refund that has nothing of its own yet',
      'refund.pending',
      { transaction_reference: reference, refund_reference: null, status: 'pending', amount: 1_000 },
      `${reference}/pending`,
    ],
  ])('is read: %s', (_what, event, data, id) => {
    expect(PaystackEvent.parse({ event, data })).toEqual({ event, id, reference });
  });

  it.each([
    ['create', 'awaiting-merchant-feedback', '2026-11-25T18:00:00.000Z'],
    ['remind', 'awaiting-merchant-feedback', '2026-11-25T18:00:00.000Z'],
    ['resolve', 'resolved', null],
  ])('of a dispute is about the charge in it, and each of its states has an id: %s', (what, status, dueAt) => {
    const data = { id: 358_950, status, dueAt, transaction: { id: 7, reference }, transaction_reference: null };
    const event = `charge.dispute.${what}`;
    const id = `358950/${status}${dueAt ? `/${dueAt}` : ''}`;
    expect(PaystackEvent.parse({ event, data })).toEqual({ event, id, reference, disputeId: '358950' });
  });

  it.each([[null], ['7'], [{ reference: 7 }], [undefined]])(
    'of a dispute about no charge of ours has no reference [%j]',
    (transaction) => {
      const data = { id: 358_950, reference, transaction };
      expect(PaystackEvent.parse({ event: 'charge.dispute.create', data }).reference).not.toBe(reference);
    },
  );

  it.each([
    ['of a kind that is none of ours', { event: 'transfer.success', data: { id: 5, reference: 'TRF_1' } }, '5'],
    ['without a reference', { event: 'charge.success', data: { id: 6, reference: null } }, '6'],
    ['without data', { event: 'charge.success' }, '/'],
  ])('is answered all the same: %s', (_what, body, id) => {
    expect(PaystackEvent.parse(body)).toMatchObject({ event: body.event, id });
  });

  it('has a reference only if it is a string', () => {
    expect(PaystackEvent.parse({ event: 'charge.success', data: { id: 1, reference: {} } }).reference).toBeUndefined();
  });

  it.each([[null], ['charge.success'], [{}], [{ event: '' }], [{ event: 1, data: {} }]])('is not %j', (body) => {
    expect(PaystackEvent.safeParse(body).success).toBe(false);
  });

  it('has an id, whatever its data', () => {
    const event = fc.constantFrom('charge.success', 'charge.dispute.create', 'refund.failed', 'invoice.create');
    fc.assert(
      fc.property(event, fc.jsonValue(), (named, data) => {
        const read = PaystackEvent.parse({ event: named, data });
        expect(typeof read.id).toBe('string');
        expect(['string', 'undefined']).toContain(typeof read.reference);
      }),
    );
  });
});
