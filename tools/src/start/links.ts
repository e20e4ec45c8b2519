import { bookingId, BookRide, rideKeyOf, type BookRideInput } from '@longhaul/contracts';
import { issueToken, type Addresses } from '@longhaul/testing/processes';

const oneDayMs = 86_400_000;

/** Where to look, and three lines that work when they are pasted. */
export async function printLinks(addresses: Addresses): Promise<void> {
  const user = 'u-you';
  const token = await issueToken(addresses.sandbox, user);
  const requestId = `try-${Date.now().toString(36)}`;
  const ride: BookRideInput = {
    requestId,
    user,
    bus: 'b-12',
    segment: { from: 'Kigali', to: 'Huye' },
    departureAt: new Date(Date.now() + 3 * oneDayMs).toISOString(),
    fare: { amount: 3_500, currency: 'RWF' },
  };
  const bearer = '-H "Authorization: Bearer $TOKEN"';
  const bookings = `${addresses.gateway}/api/v1/bookings`;
  console.log(`
${addresses.temporalUi ? `Runs, in Temporal's UI   ${addresses.temporalUi}\n` : ''}The HTTP API, described  ${addresses.gateway}/docs
Mails, pay pages, rest   ${addresses.sandbox}

Try it. First a token, valid for 12 hours, of the user ${user}:

TOKEN=${token}

Then book a ride, see how it stands, and cancel it:

curl -s ${bearer} -H 'Content-Type: application/json' -d '${JSON.stringify(ride)}' ${bookings}
curl -s ${bearer} ${bookings}/${BookRide.id.of(ride)}/status
curl -s ${bearer} -X POST ${bookings}/${bookingId.of(rideKeyOf(ride))}/cancellation

Other users and buses fail on purpose: docs/sandbox.md. Ctrl-C stops everything that was started here.`);
}
