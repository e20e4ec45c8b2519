import { flag, secretVariable, url, variable, wholeNumber } from '@longhaul/process-kit';
import { PaystackSecretKey } from '@longhaul/service-clients';

export const variables = {
  PAYMENT_SERVICE_URL: variable(url, 'where the payment service is'),
  INVOICE_SERVICE_URL: variable(url, 'where invoices are issued'),
  NOTIFICATION_SERVICE_URL: variable(url, 'where the notification service is'),
  PAYSTACK_URL: variable(url.default('https://api.paystack.co'), "Paystack's API, or what speaks as it does"),
  PAYSTACK_SECRET_KEY: secretVariable(PaystackSecretKey, 'the secret key of the Paystack account'),
  ALLOW_LOOPBACK_WEBHOOKS: variable(
    flag.default(false),
    'true lets merchants have endpoints on this machine, over plain http: for development only',
  ),
  MAX_CONCURRENT_DELIVERIES: variable(
    wholeNumber(10, 10_000).default(100),
    "tries at merchants' endpoints at a time; one merchant has at most a tenth of them",
  ),
  SERVICE_TIMEOUT_MS: variable(
    wholeNumber(1, 9_000).default(5_000),
    'milliseconds that a service has to answer a call; below the 10 s of an attempt',
  ),
} as const;
