import type { OwnFailure } from '../../typed-failures.ts';

const hold = { route: 'POST /holds' };

export const failures: readonly OwnFailure[] = [
  {
    value: 'u-late-quote',
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
];
