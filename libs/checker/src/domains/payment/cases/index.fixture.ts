import type { DomainCases } from '../../../fixtures/domain-cases.fixture.ts';
import { bookCases } from './books.fixture.ts';
import { chargeCases } from './charges.fixture.ts';
import { disputeCases } from './disputes.fixture.ts';
import { disputeCharges } from './good-disputes.fixture.ts';
import { makePayments } from './good-payments.fixture.ts';
import { topUpWallets } from './good-top-ups.fixture.ts';
import { ledgerCases } from './ledger.fixture.ts';
import { merchantCases } from './merchants.fixture.ts';
import { paymentsEverywhereCases } from './payments-everywhere.fixture.ts';
import { topUpCases } from './top-ups.fixture.ts';

export const cases: DomainCases = {
  name: 'payment',
  numbers: 22,
  behaveWell: (house) => {
    makePayments(house);
    topUpWallets(house);
    disputeCharges(house);
  },
  cases: [
    ...ledgerCases,
    ...chargeCases,
    ...disputeCases,
    ...topUpCases,
    ...bookCases,
    ...merchantCases,
    ...paymentsEverywhereCases,
  ],
};
