import { alsoPosted, type Case } from '../../../fixtures/case.fixture.ts';

export const ledgerCases: readonly Case[] = [
  {
    speaks: 'payment 1',
    when: 'a journal of the ledger does not balance by itself',
    naming: 'journal 1',
    change: ({ sandbox }) => (sandbox.ledger[0]!.journalId = 2),
    along: ['payment 19'],
  },
  {
    speaks: 'payment 2',
    when: 'a line of the ledger is missing',
    naming: 'NGN',
    change: ({ sandbox }) => sandbox.ledger.pop(),
    along: ['payment 1', 'payment 19'],
  },
  {
    speaks: 'payment 3',
    when: 'a wallet is below zero',
    naming: 'wallet:u-r1',
    change: (evidence) => alsoPosted(evidence, 'wallet:u-r1', 'fares:captured', { amount: 20_000, currency: 'EUR' }),
  },
  {
    speaks: 'payment 3',
    when: 'a merchant is below zero',
    naming: 'merchant:m-poor',
    change: (evidence) => alsoPosted(evidence, 'merchant:m-poor', 'merchant:m-shop', { amount: 1, currency: 'NGN' }),
  },
  {
    speaks: 'payment 18',
    when: 'money is pending without a refund',
    naming: 'refunds:pending in NGN is 100, it should be 0',
    change: (evidence) => alsoPosted(evidence, 'merchant:m-shop', 'refunds:pending', { amount: 100, currency: 'NGN' }),
  },
  {
    speaks: 'payment 19',
    when: 'a journal was changed after it had been posted',
    naming: 'journal 1 is not as it was posted',
    change: ({ sandbox }) => {
      sandbox.ledger[0]!.amount -= 1;
      sandbox.ledger[1]!.amount += 1;
    },
  },
  {
    speaks: 'payment 19',
    when: 'a journal was taken out of the ledger',
    naming: 'journal 1 is in the chain, and has no lines',
    change: ({ sandbox }) => sandbox.ledger.splice(0, 2),
    along: ['payment 3'],
  },
  {
    speaks: 'payment 19',
    when: 'a journal was posted without a link in the chain',
    naming: 'journal 99 is not in the chain',
    change: ({ sandbox }) => {
      const line = { journalId: 99, currency: 'EUR' };
      sandbox.ledger.push({ ...line, account: 'equity:opening', amount: -5 });
      sandbox.ledger.push({ ...line, account: 'wallet:u-r1', amount: 5 });
    },
  },
  {
    speaks: 'payment 19',
    when: 'a link of the chain is there twice',
    naming: 'journal 1 is 2 times in the chain',
    change: ({ sandbox }) => sandbox.ledgerChain.push(sandbox.ledgerChain[0]!),
  },
  {
    speaks: 'payment 19',
    when: 'two journals changed places in the chain',
    naming: 'journal 2 is not as it was posted, or out of its place',
    change: ({ sandbox: { ledgerChain } }) => ledgerChain.splice(0, 2, ledgerChain[1]!, ledgerChain[0]!),
  },
];
