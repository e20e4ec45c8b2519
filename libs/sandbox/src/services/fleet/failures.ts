import type { OwnFailure } from '../../typed-failures.ts';

const list = { route: 'POST /manifests/passengers' };

export const failures: readonly OwnFailure[] = [
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
