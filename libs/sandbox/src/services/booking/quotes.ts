import { randomUUID } from 'node:crypto';
import type { Quote } from '@longhaul/checker';
import { z } from 'zod';
import type { SandboxCore } from '../../core.ts';
import type { Queries } from '../../database/queries.ts';
import { done, operation, refused, type Operation, type Outcome } from '../../http/operation.ts';
import { Name, Segment, Trip, type Money } from '../../values.ts';

const quoteMinutes = 15;

/** The price of a seat on any bus, in minor units. Seats are sold in these currencies only. */
const priceList = { EUR: 1_500, NGN: 7_500, RWF: 3_500, USD: 1_600 } as const;
type Sold = keyof typeof priceList;

/** Makes a quote: the price of a seat for this user, and its expiry. */
export function quoteOperation({ typedWord }: SandboxCore): Operation {
  return operation({
    route: 'POST /quotes',
    body: z.strictObject({
      user: Name,
      trip: Trip,
      segment: Segment,
      currency: z.enum(Object.keys(priceList) as [Sold, ...Sold[]]),
    }),
    async work({ body: { user, trip, segment, currency }, tx, now }) {
      const over = typedWord('POST /quotes', user) === 'expired';
      const expiresAt = new Date(Date.parse(now) + (over ? 0 : quoteMinutes * 60_000)).toISOString();
      const fare = { amount: priceList[currency], currency };
      const quote: Quote = { quoteId: randomUUID(), user, trip, segment, fare, expiresAt };
      await tx.query(
        `insert into quotes (quote_id, user_id, bus, departure_at, town_from, town_to, amount, currency, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [quote.quoteId, user, trip.bus, trip.departureAt, segment.from, segment.to, fare.amount, currency, expiresAt],
      );
      return done(201, quote, [{ effect: 'quote-made', ...quote }]);
    },
  });
}

interface QuoteRow {
  readonly user_id: string;
  readonly bus: string;
  readonly departure_at: string;
  readonly town_from: string;
  readonly town_to: string;
  readonly amount: number;
  readonly currency: string;
  readonly expires_at: string;
  readonly hold_id: string | null;
}

/** A hold with the price that its caller accepts. */
interface Accepted {
  readonly quoteId: string;
  readonly fare: Money;
  readonly user: string;
  readonly trip: Trip;
  readonly segment: Segment;
}

/** Why the quote cannot be used for the hold; undefined if it can. Until the transaction ends, other holds on it wait. */
export async function quoteRefusal(
  tx: Queries,
  { quoteId, fare, user, trip, segment }: Accepted,
  now: string,
): Promise<Outcome | undefined> {
  const [quote] = await tx.query<QuoteRow>(`select * from quotes where quote_id = $1 for update`, [quoteId]);
  // Another user's quote must look like a missing one.
  if (quote?.user_id !== user) return refused(409, 'quote-unknown', `The user has no such quote [${quoteId}]`);
  if (quote.hold_id !== null) return refused(409, 'quote-used', `A seat was held on the quote before [${quoteId}]`);
  if (Date.parse(quote.expires_at) <= Date.parse(now)) {
    return refused(409, 'quote-expired', `The quote was good until ${quote.expires_at} [${quoteId}]`);
  }
  const ofThisTrip =
    quote.bus === trip.bus &&
    Date.parse(quote.departure_at) === Date.parse(trip.departureAt) &&
    quote.town_from === segment.from &&
    quote.town_to === segment.to;
  if (!ofThisTrip) return refused(409, 'quote-for-another-trip', `The quote is for another trip [${quoteId}]`);
  if (!sameMoney(quote, fare)) {
    const quoted = `${quote.amount} ${quote.currency}`;
    return refused(409, 'fare-not-quoted', `Quoted were ${quoted}, not ${fare.amount} ${fare.currency} [${quoteId}]`);
  }
  return undefined;
}

/** Marks a quote as used, because it is valid for one seat. */
export async function useQuote(tx: Queries, quoteId: string, holdId: string): Promise<void> {
  await tx.query(`update quotes set hold_id = $2 where quote_id = $1`, [quoteId, holdId]);
}

/** Whether the quote of a hold has another price. */
export async function costsOtherwise(tx: Queries, holdId: string, fare: Money): Promise<boolean> {
  const [quote] = await tx.query<Money>(`select amount, currency from quotes where hold_id = $1`, [holdId]);
  return quote !== undefined && !sameMoney(quote, fare);
}

const sameMoney = (a: Money, b: Money) => a.amount === b.amount && a.currency === b.currency;
