import type { OwnFailure } from '../../typed-failures.ts';

export const failures: readonly OwnFailure[] = [
  {
    value: 'u-no-mail',
    route: 'POST /notices',
    happens: { fault: 'error-before-commit', attempts: 2 },
    story: 'The notification service is down for the first 2 attempts of each notice',
  },
];
