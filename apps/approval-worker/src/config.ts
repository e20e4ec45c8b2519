import { url, variable, wholeNumber } from '@longhaul/process-kit';

export const variables = {
  AUDIT_SERVICE_URL: variable(url, 'where the audit service is'),
  DIRECTORY_SERVICE_URL: variable(url, 'where the directory of people is'),
  NOTIFICATION_SERVICE_URL: variable(url, 'where the notification service is'),
  SERVICE_TIMEOUT_MS: variable(
    wholeNumber(1, 9_000).default(5_000),
    'milliseconds that a service has to answer a call; below the 10 s of an attempt',
  ),
} as const;
