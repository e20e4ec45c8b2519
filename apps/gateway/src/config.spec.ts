import { EnvironmentError, readEnvironment } from '@longhaul/process-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { together, variables } from './config.ts';

const least = {
  GATEWAY_ISSUER: 'http://127.0.0.1:4000/issuer',
  BOOKING_SERVICE_URL: 'http://127.0.0.1:4000/booking',
  PAYMENT_SERVICE_URL: 'http://127.0.0.1:4000/payment',
};
const readConfig = (given: NodeJS.ProcessEnv) => readEnvironment(variables, given, together);
const topic = 'arn:aws:sns:eu-west-1:123456789012:payments';

test('with only the required variables, all others have their defaults', () => {
  expect(readConfig({ ...least, GATEWAY_PORT: '' })).toMatchObject({
    GATEWAY_PORT: 3_000,
    GATEWAY_AUDIENCE: 'longhaul',
    ENABLE_TEMPORAL_WORKFLOWS: true,
    ENABLE_SNS_PUBLISHING: false,
  });
});

test('ENABLE_TEMPORAL_WORKFLOWS=false switches starting off', () => {
  expect(readConfig({ ...least, ENABLE_TEMPORAL_WORKFLOWS: 'false' }).ENABLE_TEMPORAL_WORKFLOWS).toBe(false);
});

test.each([[topic], [`${topic}.fifo`], ['arn:aws-cn:sns:cn-north-1:123456789012:payments']])(
  'an ARN of an SNS topic is accepted [%s]',
  (arn) => {
    const config = readConfig({ ...least, ENABLE_SNS_PUBLISHING: 'true', PAYMENT_TOPIC_ARN: arn });
    expect(config).toMatchObject({ ENABLE_SNS_PUBLISHING: true, PAYMENT_TOPIC_ARN: arn });
  },
);

test('all mistakes are reported at once, each with variable, value and purpose', () => {
  const read = () =>
    readConfig({ GATEWAY_PORT: '99999', GATEWAY_ISSUER: 'ftp://x', LOG_LEVEL: 'loud', ENABLE_SNS_PUBLISHING: 'true' });
  expect(read).toThrow(EnvironmentError);
  expect(read).toThrow(/GATEWAY_PORT .*\[99999\] \(port to listen on/);
  expect(read).toThrow(/GATEWAY_ISSUER must be an http or https URL \[ftp:\/\/x\]/);
  expect(read).toThrow(/BOOKING_SERVICE_URL is not set \(where the booking service is\)/);
  expect(read).toThrow(/PAYMENT_SERVICE_URL is not set \(where the payment service is\)/);
  expect(read).toThrow(
    /PAYMENT_TOPIC_ARN is not set \(topic of the payment events; needed with ENABLE_SNS_PUBLISHING\)/,
  );
  expect(read).toThrow(/LOG_LEVEL .*\[loud\]/);
});

test.each([['payments'], ['arn:aws:sqs:eu-west-1:123456789012:payments'], ['arn:aws:sns:eu-west-1:1:payments']])(
  'any other value is refused [%s]',
  (arn) => {
    expect(() => readConfig({ ...least, PAYMENT_TOPIC_ARN: arn })).toThrow(/PAYMENT_TOPIC_ARN must be the ARN/);
  },
);

test('no error message contains a secret', () => {
  const complaint = (environment: NodeJS.ProcessEnv): string => {
    try {
      readConfig(environment);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  expect(complaint({ ...least, PAYSTACK_SECRET_KEY: 'pk_live_fc5cc7c2' })).toMatch(
    /PAYSTACK_SECRET_KEY must be a secret key of Paystack: it begins with "sk_" \(/,
  );
  const secrets = fc.stringMatching(/^(sk_|pk_| )?[A-Za-z0-9 !%$]{16,40}$/);
  fc.assert(
    fc.property(secrets, (secret) => {
      expect(complaint({ PAYSTACK_SECRET_KEY: secret })).not.toContain(secret);
      expect(complaint({ ...least, PAYSTACK_SECRET_KEY: secret, GATEWAY_PORT: 'x' })).not.toContain(secret);
    }),
  );
});
