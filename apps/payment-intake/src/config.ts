import { z } from 'zod';

const wholeNumber = (minimum: number, maximum: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.int().min(minimum).max(maximum));

const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const arn = z.string().regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/, 'must be the ARN of an SNS topic');

/** What both ways in read. The `TEMPORAL_…` variables are read by the client, the AWS credentials by AWS's. */
const shared = {
  PAYMENT_TOPIC_ARN: arn.describe('the topic whose notifications are taken; those of another are refused'),
  PAYMENT_DEAD_LETTER_QUEUE_URL: url.describe('where messages go that can never be taken, with the reason'),
  AWS_REGION: z.string().describe('region of the queues'),
  AWS_ENDPOINT_URL: url.optional().describe('where SQS is, if not at AWS; read by its client'),
  ENABLE_TEMPORAL_WORKFLOWS: z.stringbool().default(true).describe('false starts no payment'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info').describe('least level that is logged'),
};

const consumer = {
  ...shared,
  PAYMENT_QUEUE_URL: url.describe('the queue that the container polls'),
  ENABLE_SQS_CONSUMER: z.stringbool().default(true).describe('false polls nothing'),
  INTAKE_POLLERS: wholeNumber(1, 50)
    .default(2)
    .describe('polls at a time; each takes up to ten messages and begins the next when they are settled'),
  HEALTH_PORT: wholeNumber(0, 65_535)
    .default(9_464)
    .describe('port of /livez, /readyz and /metrics; 0 takes a free one'),
  HEALTH_HOST: z.string().default('0.0.0.0').describe('address that the health port is bound to'),
};

const lambda = {
  ...shared,
  ENABLE_LAMBDA_PROCESSING: z.stringbool().default(true).describe('false gives every message back'),
};

const ConsumerConfiguration = z.object(consumer);
const LambdaConfiguration = z.object(lambda);
export type SharedConfig = Pick<z.output<typeof LambdaConfiguration>, keyof typeof shared>;
export type ConsumerConfig = z.output<typeof ConsumerConfiguration>;
export type LambdaConfig = z.output<typeof LambdaConfiguration>;

/** What is wrong with the environment: every variable at once, so that one restart is enough. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export const readConsumerConfig = (environment: NodeJS.ProcessEnv): ConsumerConfig =>
  read(ConsumerConfiguration, environment);

export const readLambdaConfig = (environment: NodeJS.ProcessEnv): LambdaConfig =>
  read(LambdaConfiguration, environment);

/** Lambda has no main module that could hand it on. */
export const lambdaEnvironment = (): NodeJS.ProcessEnv => process.env;

/** A variable that is set to nothing counts as one that is not set. */
function read<Shape extends z.core.$ZodLooseShape>(
  configuration: z.ZodObject<Shape>,
  environment: NodeJS.ProcessEnv,
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = configuration.safeParse(given);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const value = given[name];
    const why = value === undefined ? 'is not set' : `${message} [${value}]`;
    return `  ${name} ${why} (${(configuration.shape[name] as z.ZodType | undefined)?.description ?? ''})`;
  });
  throw new ConfigError(`The environment cannot be used:\n${mistakes.join('\n')}`);
}
