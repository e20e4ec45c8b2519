import type { DomainCases } from '../../../fixtures/domain-cases.fixture.ts';
import { bookCases } from './books.fixture.ts';
import { chargeCases } from './charges.fixture.ts';
import { makePayments } from './good-payments.fixture.ts';
import { topUpWallets } from './good-top-ups.fixture.ts';
import { ledgerCases } from './ledger.fixture.ts';
import { merchantCases } from './merchants.fixture.ts';
import { paymentsInTheHouseCases } from './payments-in-the-house.fixture.ts';
import { topUpCases } from './top-ups.fixture.ts';

export const paymentCases: DomainCases = {
  name: 'payment',
  numbers: 20,
  behaveWell: (house) => {
    makePayments(house);
    topUpWallets(house);
  },
  cases: [...ledgerCases, ...chargeCases, ...topUpCases, ...bookCases, ...merchantCases, ...paymentsInTheHouseCases],
};
