import { bookingId, BookRide, rideKeyOf, type BookRideInput } from '@longhaul/contracts';
import { issueToken, type Addresses } from '@longhaul/testing/processes';

const oneDayMs = 86_400_000;

/** Prints links, and commands that can be pasted. */
export async function printLinks(addresses: Addresses): Promise<void> {
  const user = 'u-you';
  const token = await issueToken(addresses.sandbox, user);
  const requestId = `try-${Date.now().toString(36)}`;
  const trip = { bus: 'b-12', departureAt: new Date(Date.now() + 3 * oneDayMs).toISOString() };
  const segment = { from: 'Kigali', to: 'Huye' };
  // The shell command adds the quote.
  const ride: BookRideInput = {
    requestId,
    user,
    ...trip,
    segment,
    quoteId: `'$QUOTE'`,
    fare: { amount: 3_500, currency: 'RWF' },
  };
  const bearer = '-H "Authorization: Bearer $TOKEN"';
  const json = `-H 'Content-Type: application/json'`;
  const asked = JSON.stringify({ user, trip, segment, currency: ride.fare.currency });
  const bookings = `${addresses.gateway}/api/v1/bookings`;
  console.log(`
${addresses.temporalUi ? `Runs, in Temporal's UI   ${addresses.temporalUi}\n` : ''}The HTTP API, described  ${addresses.gateway}/docs
Mails, pay pages, rest   ${addresses.sandbox}

Try it. First a token, valid for 12 hours, of the user ${user}:

TOKEN=${token}

Then ask what a ride costs, book it within 15 minutes, see how it stands, and cancel it:

QUOTE=$(curl -s ${json} -H 'Idempotency-Key: ${requestId}' -d '${asked}' ${addresses.sandbox}/booking/quotes |
  node -p 'JSON.parse(fs.readFileSync(0)).quoteId')
curl -s ${bearer} ${json} -d '${JSON.stringify(ride)}' ${bookings}
curl -s ${bearer} ${bookings}/${BookRide.id.of(ride)}/status
curl -s ${bearer} -X POST ${bookings}/${bookingId.of(rideKeyOf(ride))}/cancellation

Other users and buses fail on purpose: docs/sandbox.md. Ctrl-C stops everything that was started here.`);
}
