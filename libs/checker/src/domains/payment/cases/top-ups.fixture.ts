import {
  alsoDid,
  drop,
  ended,
  row,
  swap,
  tookInstead,
  transactionOf,
  type Case,
} from '../../../fixtures/case.fixture.ts';

export const topUpCases: readonly Case[] = [
  {
    speaks: 'payment 7',
    when: 'a reference was credited twice',
    naming: 'top-up-u-t1.t1 was credited 2 times',
    change: (evidence) => alsoDid(evidence, row(evidence, 'wallet-credited', 'u-t1.t1'), 'top-up-u-t1.t1/creditWallet'),
    along: ['X3', 'payment 9'],
  },
  {
    speaks: 'payment 7',
    when: 'a top-up was credited under two references',
    naming: 'top-up u-t1.t1 was credited 2 times',
    change: (evidence) => {
      const credit = row(evidence, 'wallet-credited', 'u-t1.t1');
      evidence.sandbox.gatewayTransactions.push({
        ...transactionOf(evidence, 'top-up-u-t1.t1'),
        reference: 'top-up-u-t1.t1..2',
      });
      alsoDid(evidence, { ...credit, reference: 'top-up-u-t1.t1..2' }, 'top-up-u-t1.t1/creditWallet');
    },
    along: ['X3', 'payment 4', 'payment 9'],
  },
  {
    speaks: 'payment 7',
    when: 'more was credited than was paid',
    naming: 'top-up-u-t1.t1 took 19999 NGN and credited 20000 NGN',
    change: (evidence) => tookInstead(evidence, 'top-up-u-t1.t1', 19_999),
  },
  {
    speaks: 'payment 7',
    when: 'a wallet was credited without a payment',
    naming: 'top-up-u-t1.t1 took nothing and credited 20000 NGN',
    change: (evidence) => {
      transactionOf(evidence, 'top-up-u-t1.t1').status = 'abandoned';
      drop(
        evidence.sandbox.journal,
        (entry) => entry.effect === 'checkout-paid' && entry.reference === 'top-up-u-t1.t1',
      );
    },
    along: ['payment 14'],
  },
  {
    speaks: 'payment 7',
    when: "another user's wallet was credited",
    naming: 'top-up-u-t1.t1 was paid by u-t1 and credited to u-stranger',
    change: (evidence) => (row(evidence, 'wallet-credited', 'u-t1.t1').user = 'u-stranger'),
    along: ['X11'],
  },
  {
    speaks: 'payment 7',
    when: "a top-up was credited with another top-up's charge",
    naming: 'payment-u-p=1.p=1 was credited for the top-up u-t9.t9',
    change: (evidence) => {
      const credit = row(evidence, 'wallet-credited', 'u-t1.t1');
      alsoDid(
        evidence,
        { ...credit, reference: 'payment-u-p=1.p=1', topUpId: 'u-t9.t9', user: 'u-p_1' },
        'top-up-u-t1.t1/creditWallet',
      );
    },
    along: ['X3', 'payment 9'],
  },
  {
    speaks: 'payment 7',
    when: 'the outcome has a credit that does not exist',
    naming: 'top-up-u-t1.t1 says that it credited top-up-u-t1.t1, and there is no such credit',
    change: ({ sandbox }) => drop(sandbox.journal, ({ key }) => key === 'top-up-u-t1.t1/creditWallet'),
    along: ['payment 5', 'payment 8', 'payment 9'],
  },
  {
    speaks: 'payment 7',
    when: 'the outcome has another amount than was credited',
    naming: 'top-up-u-t1.t1 says that it credited 1 NGN, it was 20000 NGN',
    change: (evidence) => ended(evidence, 'top-up-u-t1.t1', { credited: { amount: 1, currency: 'NGN' } }),
  },
  {
    speaks: 'payment 7',
    when: 'a run made a credit that its outcome does not have',
    naming: 'late-top-up-u-t2.t2 ended [nothing-due] and has credited top-up-u-t2.t2',
    change: (evidence) => ended(evidence, 'late-top-up-u-t2.t2', { status: 'nothing-due', reason: 'not-paid' }),
  },
  {
    speaks: 'payment 8',
    when: 'the charge of a cancelled top-up was not refunded',
    naming: 'top-up u-t3.t3 is not credited, and of 20000 NGN of top-up-u-t3.t3 went back 0',
    change: (evidence) => (transactionOf(evidence, 'top-up-u-t3.t3').refunds[0]!.status = 'failed'),
    along: ['payment 14', 'payment 17', 'payment 5'],
  },
  {
    speaks: 'payment 8',
    when: 'a cancelled top-up was credited late',
    naming: 'top-up-u-t2.t2 was credited late, its top-up was [cancelled]',
    change: (evidence) => (row(evidence, 'top-up-closed', 'u-t2.t2').state = 'cancelled'),
    along: ['payment 9'],
  },
  {
    speaks: 'payment 8',
    when: 'a top-up was credited in time after it had been closed',
    naming: 'top-up-u-t2.t2 was credited in time, its top-up was [expired]',
    change: (evidence) => (row(evidence, 'wallet-credited', 'u-t2.t2').late = false),
  },
  {
    speaks: 'payment 8',
    when: 'a top-up was credited late before it had been closed',
    naming: 'top-up-u-t2.t2 was credited late, its top-up was [waiting]',
    change: (evidence) => swap(row(evidence, 'wallet-credited', 'u-t2.t2'), row(evidence, 'top-up-closed', 'u-t2.t2')),
  },
];
