import type { OwnFailure } from '../../typed-failures.ts';

const charge = { route: 'POST /charges' };
const endpoint = { route: 'GET /merchants/:merchant/endpoint' };

export const failures: readonly OwnFailure[] = [
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
    route: 'POST /charges/:chargeId/refunds',
    happens: { refusal: 'refund-blocked', status: 422 },
    story: 'The charge goes through, but can never be refunded: a person has to settle it',
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
