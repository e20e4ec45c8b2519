import type { Service } from './evidence.ts';
import type { Fault, FaultKind } from './faults/fault-plan.ts';

export interface TypedFailure {
  /** A user (`u-…`), a bus (`b-…`) or a merchant (`m-…`). `<value>-<anything>` does the same, so that there can be many. */
  readonly value: string;
  readonly service: Service;
  readonly route: string;
  readonly happens:
    | { readonly refusal: string; readonly status: number }
    | {
        readonly fault: FaultKind;
        readonly attempts?: number;
        readonly delayMs?: number;
        readonly retryAfterSeconds?: number;
      }
    /** The service works and answers 200; this is what it says. */
    | { readonly says: string };
  readonly story: string;
}

const charge = { service: 'payment', route: 'POST /charges' } as const;
const hold = { service: 'booking', route: 'POST /holds' } as const;
const card = { service: 'paystack', route: 'POST /transaction/charge_authorization' } as const;
const cardRefund = { service: 'paystack', route: 'POST /refund' } as const;
const hooks = { service: 'merchant', route: 'POST /:merchant/hooks' } as const;
const endpoint = { service: 'payment', route: 'GET /merchants/:merchant/endpoint' } as const;
const list = { service: 'fleet', route: 'POST /manifests/passengers' } as const;

/** Failures that a person can type. The table in docs/sandbox.md is this one. */
export const typedFailures: readonly TypedFailure[] = [
  {
    value: 'u-declined',
    ...charge,
    happens: { refusal: 'card-declined', status: 402 },
    story: "The user's bank declines the card",
  },
  {
    value: 'u-broke',
    ...charge,
    happens: { refusal: 'insufficient-funds', status: 402 },
    story: 'The wallet holds less than the fare',
  },
  {
    value: 'u-slow-card',
    ...charge,
    happens: { fault: 'delay', delayMs: 2_500 },
    story: 'The charge takes 2.5 seconds, and goes through even if the caller has given up',
  },
  {
    value: 'u-refund-stuck',
    service: 'payment',
    route: 'POST /charges/:chargeId/refunds',
    happens: { refusal: 'refund-blocked', status: 422 },
    story: 'The charge goes through, but can never be refunded: a person has to settle it',
  },
  {
    value: 'u-no-mail',
    service: 'notification',
    route: 'POST /notices',
    happens: { fault: 'error-before-commit', attempts: 2 },
    story: 'The notification service is down for the first 2 attempts of each notice',
  },
  {
    value: 'u-late-quote',
    service: 'booking',
    route: 'POST /quotes',
    happens: { says: 'expired' },
    story: 'The quote has expired by the time that it is used',
  },
  { value: 'b-full', ...hold, happens: { refusal: 'sold-out', status: 409 }, story: 'No seat is left' },
  {
    value: 'b-flaky',
    ...hold,
    happens: { fault: 'error-before-commit', attempts: 3 },
    story: 'The booking service is down for the first 3 attempts of each hold, then recovers',
  },
  {
    value: 'b-closed',
    ...list,
    happens: { refusal: 'trip-closed', status: 409 },
    story: 'The manifest is closed: the bus is about to leave',
  },
  {
    value: 'b-cancelled',
    ...list,
    happens: { refusal: 'trip-cancelled', status: 409 },
    story: 'The trip does not take place',
  },
  {
    value: 'b-full-manifest',
    ...list,
    happens: { refusal: 'trip-full', status: 409 },
    story: 'The bus that was sent has fewer seats than were sold',
  },
  {
    value: 'b-fleet-down',
    ...list,
    happens: { fault: 'error-before-commit', attempts: 5 },
    story: 'The fleet service is down for the first 5 attempts of each passenger, then recovers',
  },
  { value: 'u-declined', ...card, happens: { says: 'failed' }, story: "The user's bank declines the card" },
  { value: 'u-broke', ...card, happens: { says: 'failed' }, story: 'The card has insufficient funds' },
  {
    value: 'u-slow-card',
    ...card,
    happens: { fault: 'delay', delayMs: 2_500 },
    story: 'The card is charged after 2.5 seconds, even if the caller has given up',
  },
  {
    value: 'u-pending',
    ...card,
    happens: { says: 'pending' },
    story: 'The bank takes its time: the charge is a success from the second verify on',
  },
  {
    value: 'u-short',
    ...card,
    happens: { says: 'success' },
    story: 'The card is charged with one minor unit less than was asked for',
  },
  {
    value: 'u-disputes',
    ...card,
    happens: { says: 'success' },
    story:
      'The user pays, here or at the checkout, and asks the bank for the money at once: the house has 16 hours to answer',
  },
  {
    value: 'u-refund-fails',
    ...cardRefund,
    happens: { says: 'failed' },
    story: 'The gateway takes the refund, and it ends as `failed`',
  },
  {
    value: 'u-refund-attention',
    ...cardRefund,
    happens: { says: 'needs-attention' },
    story: "The gateway takes the refund, and it ends as `needs-attention`: the user's bank wants details",
  },
  {
    value: 'u-pays',
    service: 'paystack',
    route: 'GET /transaction/verify/:reference',
    happens: { says: 'success' },
    story: 'The user has paid at the checkout as soon as somebody asks',
  },
  {
    value: 'm-flaky',
    ...hooks,
    happens: { fault: 'error-before-commit', attempts: 1 },
    story: "The merchant's server is down for the first attempt of each event, then recovers",
  },
  {
    value: 'm-down',
    ...hooks,
    happens: { fault: 'error-before-commit', attempts: 3 },
    story: "The merchant's server is down for the first 3 attempts of each event, then recovers",
  },
  {
    value: 'm-dead',
    ...hooks,
    happens: { refusal: 'broken', status: 500 },
    story: "The merchant's server never takes an event",
  },
  {
    value: 'm-gone',
    ...hooks,
    happens: { refusal: 'gone', status: 410 },
    story: 'The merchant wants no events any more',
  },
  {
    value: 'm-busy',
    ...hooks,
    happens: { fault: 'too-many-requests', attempts: 1, retryAfterSeconds: 2 },
    story: "The merchant's server asks to wait 2 seconds at the first attempt of each event",
  },
  {
    value: 'm-redirect',
    ...hooks,
    happens: { refusal: 'moved', status: 302 },
    story: "The merchant's server sends the event on to an address inside our own network",
  },
  { value: 'm-none', ...endpoint, happens: { says: 'no address' }, story: 'The merchant has set up no endpoint' },
  {
    value: 'm-inside',
    ...endpoint,
    happens: { says: 'https://169.254.169.254/hooks' },
    story: 'The address leads into our own network',
  },
  {
    value: 'm-rotating',
    ...endpoint,
    happens: { says: 'two secrets' },
    story: 'The merchant is about to change the secret, and takes both',
  },
];

/** The value that a user, bus or merchant is named after. The longest one wins: `b-full-manifest` is not a `b-full`. */
export function typedValueOf(name: string): string | undefined {
  return typedFailures
    .map(({ value }) => value)
    .filter((value) => name === value || name.startsWith(`${value}-`))
    .sort((a, b) => b.length - a.length)[0];
}

function typedFailureOf(route: string, name: string): TypedFailure | undefined {
  const value = typedValueOf(name);
  return typedFailures.find((failure) => failure.value === value && failure.route === route);
}

export function typedRefusal(route: string, name: string): { status: number; code: string } | undefined {
  const happens = typedFailureOf(route, name)?.happens;
  return happens && 'refusal' in happens ? { status: happens.status, code: happens.refusal } : undefined;
}

/** What the service says that works, to this name. */
export function typedWord(route: string, name: string): string | undefined {
  const happens = typedFailureOf(route, name)?.happens;
  return happens && 'says' in happens ? happens.says : undefined;
}

export function typedFault(route: string, names: readonly string[], attempt: number): Fault | undefined {
  for (const name of names) {
    const failure = typedFailureOf(route, name);
    if (!failure || !('fault' in failure.happens)) continue;
    const { fault: kind, attempts = Infinity, delayMs = 0, retryAfterSeconds = 1 } = failure.happens;
    if (attempt <= attempts) return { kind, delayMs, retryAfterSeconds, code: failure.value, status: 422 };
  }
  return undefined;
}
