import { began } from '../../everywhere/run-state.ts';
import type { KeysOfOthers } from '../../everywhere/view.ts';
import { rowsOf } from '../../rows.ts';
import type { JournalEntry } from '../../sandbox-evidence.ts';
import type { Facts } from './facts.ts';
import { runsOf } from './facts/deliveries.ts';

/** The gateway's webhooks come from no run, and a merchant's server is called with the id of the event as the key. */
export function keysOfOthers(facts: Facts): KeysOfOthers {
  return {
    whyUnexplained: (key, calls) => {
      if (calls.some(({ service, route }) => service !== 'merchant' && route === hearing)) {
        return /^paystack\/[^/]+\/.+$/.test(key) ? null : 'is not of the form paystack/<event>/<id>';
      }
      if (!calls.some(({ service }) => service === 'merchant')) return undefined;
      const delivery = facts.deliveries.get(key);
      const sent = delivery && runsOf(delivery).some((run) => began(run, 'sendWebhook'));
      return sent ? null : 'is no event that a run has sent';
    },
    runsBehind: ({ service, key }) => {
      const delivery = service === 'merchant' && key !== null ? facts.deliveries.get(key) : undefined;
      return delivery && runsOf(delivery);
    },
    misnamed: rowsOf(facts, 'gateway-event-recorded')
      .filter(({ key, event, id }) => key !== `paystack/${event}/${id}`)
      .map(({ key, event, id }) => `${event} ${id} was recorded under [${key}]`),
  };
}

const hearing = 'POST /gateway-events';

const byTheGateway: ReadonlySet<JournalEntry['effect']> = new Set([
  'refund-moved',
  'checkout-paid',
  'charge-disputed',
  'charge-dispute-resolved',
]);

/**
 * The card gateway changes the state of a refund on its own, and a bank may decide later. A look-up only makes the change
 * visible, so its key does not count as the cause.
 */
export function isByGateway(entry: JournalEntry, journal: readonly JournalEntry[]): boolean {
  if (byTheGateway.has(entry.effect)) return true;
  if (entry.effect !== 'card-charged' || entry.key !== null) return false;
  const { reference, seq } = entry;
  return rowsOf({ journal }, 'card-charged').some(
    (earlier) => earlier.reference === reference && earlier.status === 'pending' && earlier.seq < seq,
  );
}
