import type { Facts as FactsEverywhere } from '../../everywhere/facts.ts';
import { ridesIn, type Ride } from './facts/rides.ts';

export interface Facts extends FactsEverywhere {
  readonly rides: readonly Ride[];
}

export function factsOf(facts: FactsEverywhere): Facts {
  return { ...facts, rides: ridesIn(facts.first, facts.journal, facts.expectations.contracts) };
}
