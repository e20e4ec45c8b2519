import {
  flag,
  healthVariables,
  logLevel,
  port,
  secretVariable,
  topicArn,
  url,
  variable,
  wholeNumber,
} from '@longhaul/process-kit';
import type { Together, Values } from '@longhaul/process-kit';
import { PaystackSecretKey } from '@longhaul/service-clients';
import { z } from 'zod';

/** The client reads the `TEMPORAL_…` variables. */
export const variables = {
  GATEWAY_PORT: variable(port.default(3_000), 'port to listen on; 0 takes a free one'),
  GATEWAY_HOST: variable(z.string().default('0.0.0.0'), 'address to listen on'),
  GATEWAY_ISSUER: variable(url, 'issuer of the bearer tokens, exactly as their "iss" names it'),
  GATEWAY_AUDIENCE: variable(z.string().default('longhaul'), 'what the "aud" of the tokens has to name'),
  GATEWAY_JWKS_URL: variable(url.optional(), "the issuer's keys; default: what its OpenID configuration names"),
  BOOKING_SERVICE_URL: variable(url, 'where the booking service is'),
  PAYMENT_SERVICE_URL: variable(url, 'where the payment service is'),
  SERVICE_TIMEOUT_MS: variable(wholeNumber(1, 9_000).default(3_000), 'milliseconds that a service has to answer'),
  ENABLE_TEMPORAL_WORKFLOWS: variable(flag.default(true), 'false refuses every start'),
  ENABLE_SNS_PUBLISHING: variable(flag.default(false), 'true begins payments with an event on SNS instead of a start'),
  PAYMENT_TOPIC_ARN: variable(topicArn.optional(), 'topic of the payment events; needed with ENABLE_SNS_PUBLISHING'),
  PAYSTACK_SECRET_KEY: secretVariable(
    PaystackSecretKey.optional(),
    'secret key of the Paystack account; without it, no webhooks of Paystack are taken',
  ),
  GATEWAY_REQUESTS_PER_MINUTE: variable(
    wholeNumber(1, 1_000_000).default(600),
    'requests that one caller may make in a minute, for each instance of the gateway',
  ),
  GATEWAY_LONG_POLLS: variable(
    wholeNumber(1, 1_000_000).default(50),
    'waits for a result that one caller may hold at a time, for each instance of the gateway',
  ),
  GATEWAY_MAX_CONNECTIONS: variable(wholeNumber(1, 1_000_000).default(2_000), 'connections at a time'),
  ...healthVariables,
  LOG_LEVEL: variable(logLevel, 'least level that is logged'),
} as const;

export type Config = Values<typeof variables>;

export const together: Together<typeof variables> = ({
  ENABLE_SNS_PUBLISHING: publishing,
  PAYMENT_TOPIC_ARN: topic,
}) => (publishing && topic === undefined ? { PAYMENT_TOPIC_ARN: 'is not set' } : {});
