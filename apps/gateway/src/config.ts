import { z } from 'zod';

const wholeNumber = (minimum: number, maximum: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.int().min(minimum).max(maximum));

const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

/** Every variable, with the sentence for the person who sets it. The `TEMPORAL_…` ones are read by the client. */
const variables = {
  GATEWAY_PORT: wholeNumber(0, 65_535).default(3_000).describe('port to listen on; 0 takes a free one'),
  GATEWAY_HOST: z.string().default('0.0.0.0').describe('address to listen on'),
  GATEWAY_ISSUER: url.describe('issuer of the bearer tokens, exactly as their "iss" names it'),
  GATEWAY_AUDIENCE: z.string().default('longhaul').describe('what the "aud" of the tokens has to name'),
  GATEWAY_JWKS_URL: url.optional().describe("the issuer's keys; default: what its OpenID configuration names"),
  BOOKING_SERVICE_URL: url.describe('where the booking service is'),
  PAYMENT_SERVICE_URL: url.describe('where the payment service is'),
  SERVICE_TIMEOUT_MS: wholeNumber(1, 9_000).default(3_000).describe('milliseconds that a service has to answer'),
  ENABLE_TEMPORAL_WORKFLOWS: z.stringbool().default(true).describe('false refuses every start'),
  ENABLE_SNS_PUBLISHING: z
    .stringbool()
    .default(false)
    .describe('true begins payments with an event on SNS instead of a start'),
  PAYMENT_TOPIC_ARN: z
    .string()
    .regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/, 'must be the ARN of an SNS topic')
    .optional()
    .describe('topic of the payment events; needed with ENABLE_SNS_PUBLISHING'),
  PAYSTACK_SECRET_KEY: z
    .string()
    .regex(/^sk_\S+$/, 'must be a secret key of Paystack: it begins with "sk_"')
    .optional()
    .describe('secret key of the Paystack account; without it, no webhooks of Paystack are taken'),
  GATEWAY_REQUESTS_PER_MINUTE: wholeNumber(1, 1_000_000)
    .default(600)
    .describe('requests that one caller may make in a minute, for each instance of the gateway'),
  GATEWAY_MAX_CONNECTIONS: wholeNumber(1, 1_000_000).default(2_000).describe('connections at a time'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info').describe('least level that is logged'),
} as const;

const Configuration = z
  .object(variables)
  .refine(({ ENABLE_SNS_PUBLISHING: publishing, PAYMENT_TOPIC_ARN: topic }) => !publishing || topic !== undefined, {
    path: ['PAYMENT_TOPIC_ARN'],
    // Told together with all else that is wrong.
    when: () => true,
  });
export type Config = z.output<typeof Configuration>;

/** What is wrong with the environment: every variable at once, so that one restart is enough. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Their values are told to nobody, not even to say what is wrong with them. */
const secrets: ReadonlySet<string> = new Set(['PAYSTACK_SECRET_KEY']);

/** Reads the environment, once. A variable that is set to nothing counts as one that is not set. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = Configuration.safeParse(given);
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(({ path, message }) => {
    const name = String(path[0]) as keyof typeof variables;
    const value = given[name];
    const why = value === undefined ? 'is not set' : secrets.has(name) ? message : `${message} [${value}]`;
    return `  ${name} ${why} (${variables[name].description ?? ''})`;
  });
  throw new ConfigError(`The environment cannot be used:\n${mistakes.join('\n')}`);
}
