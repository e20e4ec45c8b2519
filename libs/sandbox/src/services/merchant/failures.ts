import type { OwnFailure } from '../../typed-failures.ts';

const hooks = { route: 'POST /:merchant/hooks' };

export const failures: readonly OwnFailure[] = [
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
];
