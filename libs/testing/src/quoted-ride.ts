import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { BookRideInput, Currency } from '@longhaul/contracts';

/** A ride without its price, which the booking service decides. */
export type RideRequest = Omit<BookRideInput, 'quoteId' | 'fare'>;

const patienceMs = 15_000;
const askAgainMs = 100;

/** Gets a quote from the booking service and accepts it, like a caller before booking. Retries while the service is down. */
export async function quotedRide(bookingUrl: string, request: RideRequest, currency: Currency): Promise<BookRideInput> {
  const { user, bus, departureAt, segment } = request;
  const body = JSON.stringify({ user, trip: { bus, departureAt }, segment, currency });
  const headers = { 'content-type': 'application/json', 'idempotency-key': `asked-by-${user}-${randomUUID()}` };
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const answer = await fetch(`${bookingUrl}/quotes`, { method: 'POST', headers, body }).catch(() => undefined);
    if (answer?.ok) {
      const { quoteId, fare } = (await answer.json()) as Pick<BookRideInput, 'quoteId' | 'fare'>;
      return { ...request, quoteId, fare };
    }
    const mayAskAgain = !answer || answer.status >= 500 || answer.status === 429;
    if (!mayAskAgain || Date.now() > giveUpAt) {
      throw new Error(`The booking service gave no quote [${body}]: ${answer ? await answer.text() : 'no answer'}`);
    }
    await pause(askAgainMs);
  }
}
