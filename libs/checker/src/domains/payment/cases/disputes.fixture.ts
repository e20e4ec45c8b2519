import { row, transactionOf, type Case } from '../../../fixtures/case.fixture.ts';

/** Cases about two owners of one refund, and about disputed charges. */
export const disputeCases: readonly Case[] = [
  {
    speaks: 'payment 21',
    when: 'two runs refund one charge',
    naming: 'payment-u-p3.p3 is given back by payment-u-p3.p3 and late-payment-u-p3.p3',
    change: (evidence) => {
      const { refunds } = transactionOf(evidence, 'payment-u-p3.p3');
      const half = { ...refunds[0]!.money, amount: refunds[0]!.money.amount / 2 };
      refunds[0]!.money = half;
      refunds.push({ ...refunds[0]!, id: '8', money: half, note: 'late-payment-u-p3.p3/sendRefund' });
    },
    along: ['payment 17', 'payment 20'],
  },
  {
    speaks: 'payment 22',
    when: 'a charge was refunded while it was disputed',
    naming: 'payment-u-p=1.p=1 was refunded, and dispute 7 about it was not won',
    change: (evidence) => {
      const { reference, ...refunded } = row(evidence, 'card-refunded', 'payment-u-p=1.p=1');
      const before = { ...refunded, seq: refunded.seq - 0.5 };
      evidence.sandbox.journal.push({ ...before, effect: 'dispute-opened', disputeId: '7', reference });
    },
    along: ['X3'],
  },
  {
    speaks: 'payment 22',
    when: 'no person was asked to answer a dispute',
    naming: 'nobody was asked to answer dispute 7 by 2026-11-25',
    change: (evidence) => {
      const paid = row(evidence, 'card-charged', 'payment-u-p=1.p=1');
      const dueAt = '2026-11-25T18:00:00.000Z';
      evidence.sandbox.journal.push({
        ...{ ...paid, seq: 1_000, key: null, effect: 'charge-disputed' },
        ...{ disputeId: '7', reference: paid.reference, dueAt },
      });
    },
  },
];
