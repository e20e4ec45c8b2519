import { rowsOf, type Row } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import { inWords, repeated, same } from '../../../values.ts';
import type { Quote } from '../effects.ts';
import type { Facts } from '../facts.ts';
import type { Ride } from '../facts/rides.ts';
import { sameTrip } from '../facts/trips.ts';

export const quoteRules: readonly Invariant<Facts>[] = [
  {
    id: 'booking 14',
    says: 'The price is that of a quote for this user and trip, which was accepted, valid at the hold, and used for one hold.',
    find: (facts) => {
      const quotes = new Map(rowsOf(facts, 'quote-made').map((quote) => [quote.quoteId, quote]));
      const rides = new Map(facts.rides.map((ride) => [ride.holdId, ride]));
      const held = rowsOf(facts, 'seat-held');
      return [
        ...repeated(held, ({ quoteId }) => quoteId).flatMap(([quoteId, holds]) => {
          const ids = new Set(holds.map(({ holdId }) => holdId));
          return ids.size > 1 ? [`${quoteId} was used for ${[...ids].join(', ')}`] : [];
        }),
        ...held.flatMap((hold) => {
          const quote = quotes.get(hold.quoteId);
          return quote ? wrongHold(hold, quote) : [`${hold.holdId} was made on no quote [${hold.quoteId}]`];
        }),
        ...held.flatMap(({ holdId, quoteId }) => {
          const [ride, quote] = [rides.get(holdId), quotes.get(quoteId)];
          return ride && quote ? wrongPrice(ride, quote) : [];
        }),
      ];
    },
  },
];

function wrongHold({ holdId, user, trip, at }: Row<'seat-held'>, quote: Quote): string[] {
  return [
    ...(user === quote.user ? [] : [`${holdId} of ${user} was made on a quote of ${quote.user}`]),
    ...(sameTrip(trip, quote.trip) ? [] : [`${holdId} was made on a quote for another trip`]),
    ...(Date.parse(at) < Date.parse(quote.expiresAt)
      ? []
      : [`${holdId} was made at ${at} on a quote that expired at ${quote.expiresAt}`]),
  ];
}

function wrongPrice(ride: Ride, { quoteId, fare }: Quote): string[] {
  const { workflowId } = ride.run;
  return [
    ...(ride.input.quoteId === quoteId ? [] : [`${workflowId} named ${ride.input.quoteId}, its hold ${quoteId}`]),
    ...(same(ride.input.fare, fare)
      ? []
      : [`${workflowId} accepted ${inWords(ride.input.fare)}, quoted were ${inWords(fare)}`]),
    ...rowsOf(ride, 'charge-captured')
      .filter(({ money }) => !same(money, fare))
      .map(({ money }) => `${ride.chargeId} took ${inWords(money)}, quoted were ${inWords(fare)}`),
  ];
}
