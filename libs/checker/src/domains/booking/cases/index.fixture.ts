import type { DomainCases } from '../../../fixtures/domain-cases.fixture.ts';
import { bookRides } from './good-rides.fixture.ts';
import { quoteCases } from './quotes.fixture.ts';
import { seatsAndMoneyCases } from './seats-and-money.fixture.ts';
import { storyCases } from './story.fixture.ts';

export const cases: DomainCases = {
  name: 'booking',
  numbers: 17,
  behaveWell: bookRides,
  cases: [...seatsAndMoneyCases, ...quoteCases, ...storyCases],
};
