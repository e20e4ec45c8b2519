import { alsoDid, row, type Case } from './case.fixture.ts';

export const paymentCases: readonly Case[] = [
  {
    speaks: 'payment 1',
    when: 'a journal of the ledger does not balance by itself',
    naming: 'journal 1',
    change: ({ sandbox }) => (sandbox.ledger[0]!.journalId = 2),
  },
  {
    speaks: 'payment 2',
    when: 'a line of the ledger is missing',
    naming: 'EUR',
    change: ({ sandbox }) => sandbox.ledger.pop(),
    along: ['payment 1'],
  },
  {
    speaks: 'payment 3',
    when: 'a wallet is below zero',
    naming: 'wallet:u-r1',
    change: ({ sandbox }) => {
      const spent = { journalId: 99, currency: 'EUR' };
      sandbox.ledger.push({ ...spent, account: 'wallet:u-r1', amount: -20_000 });
      sandbox.ledger.push({ ...spent, account: 'fares:captured', amount: 20_000 });
    },
  },
  {
    speaks: 'payment 4',
    when: 'a charge was captured twice',
    naming: 'charge-r1',
    change: (evidence) => alsoDid(evidence, row(evidence, 'charge-captured', 'charge-r1'), 'booking-r1/renewHold'),
    along: ['X3', 'booking 3', 'booking 9'],
  },
  {
    speaks: 'payment 6',
    when: 'a charge gave back more than it took',
    naming: 'charge-r3',
    change: (evidence) => (row(evidence, 'charge-refunded', 'charge-r3').money.amount = 4501),
    along: ['booking 4', 'booking 5'],
  },
];
