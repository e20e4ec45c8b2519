import type { Facts as FactsEverywhere } from '../../everywhere/facts.ts';
import { chargesIn, type Charge } from './facts/charges.ts';
import { deliveriesIn, type Delivery } from './facts/deliveries.ts';
import { paymentsIn, type Payment } from './facts/payments.ts';
import { topUpsIn, type TopUp } from './facts/top-ups.ts';

export interface Facts extends FactsEverywhere {
  /** By reference. */
  readonly charges: ReadonlyMap<string, Charge>;
  readonly payments: ReadonlyMap<string, Payment>;
  readonly topUps: ReadonlyMap<string, TopUp>;
  /** By the id of the event. */
  readonly deliveries: ReadonlyMap<string, Delivery>;
}

export function factsOf(facts: FactsEverywhere): Facts {
  const { sandbox, journal, runs, first } = facts;
  const charges = chargesIn(sandbox, journal, runs);
  return {
    ...facts,
    charges,
    payments: paymentsIn(sandbox, first, charges),
    topUps: topUpsIn(sandbox, first, charges),
    deliveries: deliveriesIn(sandbox, journal, [...runs.values()].flat()),
  };
}
