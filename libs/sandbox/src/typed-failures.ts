import type { Service } from './evidence.ts';
import type { Fault, FaultKind } from './faults/fault-plan.ts';

export interface TypedFailure {
  /** A user (`u-…`) or a bus (`b-…`). `<value>-<anything>` does the same, so that there can be many. */
  readonly value: string;
  readonly service: Service;
  readonly route: string;
  readonly happens:
    | { readonly refusal: string; readonly status: number }
    | { readonly fault: FaultKind; readonly attempts?: number; readonly delayMs?: number };
  readonly story: string;
}

const charge = { service: 'payment', route: 'POST /charges' } as const;
const hold = { service: 'booking', route: 'POST /holds' } as const;
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
];

/** The failure that a user or bus is named after. The longest value wins: `b-full-manifest` is not a `b-full`. */
export function typedFailureOf(name: string): TypedFailure | undefined {
  return typedFailures
    .filter(({ value }) => name === value || name.startsWith(`${value}-`))
    .sort((a, b) => b.value.length - a.value.length)[0];
}

export function typedRefusal(route: string, name: string): { status: number; code: string } | undefined {
  const failure = typedFailureOf(name);
  if (failure?.route !== route || !('refusal' in failure.happens)) return undefined;
  return { status: failure.happens.status, code: failure.happens.refusal };
}

export function typedFault(route: string, names: readonly string[], attempt: number): Fault | undefined {
  for (const name of names) {
    const failure = typedFailureOf(name);
    if (failure?.route !== route || !('fault' in failure.happens)) continue;
    const { fault: kind, attempts = Infinity, delayMs = 0 } = failure.happens;
    if (attempt <= attempts) return { kind, delayMs, retryAfterSeconds: 1, code: failure.value };
  }
  return undefined;
}
