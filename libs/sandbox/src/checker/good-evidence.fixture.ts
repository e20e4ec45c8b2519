import type { Draft } from './draft.fixture.ts';
import type { Evidence } from './evidence.ts';
import { makePayments } from './good-payments.fixture.ts';
import { bookRides } from './good-rides.fixture.ts';
import { topUpWallets } from './good-top-ups.fixture.ts';
import { WellBehavedHouse } from './well-behaved-house.fixture.ts';

/** What a well-behaved house leaves behind. */
export function goodEvidence(): Draft<Required<Evidence>> {
  const house = new WellBehavedHouse();
  bookRides(house);
  makePayments(house);
  topUpWallets(house);
  // Through JSON, so that no two parts share an object and a change in one stays there.
  return JSON.parse(JSON.stringify(house.evidence())) as Draft<Required<Evidence>>;
}
