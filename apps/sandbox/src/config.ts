import { z } from 'zod';

const wholeNumber = (minimum: number, maximum: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.int().min(minimum).max(maximum));

/** Every variable, with its default and a sentence for the person who sets it. */
export const variables = {
  SANDBOX_PORT: { schema: wholeNumber(0, 65_535).default(4000), about: 'the port to serve on; 0 takes a free one' },
  SANDBOX_HOST: { schema: z.string().default('127.0.0.1'), about: 'the address to listen on; 0.0.0.0 in a container' },
  SANDBOX_PUBLIC_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
    about: 'how others reach the sandbox; tokens name it as their issuer',
  },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres URL' }).optional(),
    about: 'a PostgreSQL server to keep everything in; without it an embedded one is used',
  },
  SANDBOX_FOLDER: {
    schema: z.string().optional(),
    about: 'where the embedded database is kept; without it, in memory',
  },
  SANDBOX_SWEEP_SECONDS: {
    schema: wholeNumber(1, 3_600).default(5),
    about: 'how often lapsed holds are swept up; refunds of the card gateway move on as often',
  },
  PAYSTACK_SECRET_KEY: {
    schema: z.string().default('sk_test_longhaul'),
    about: 'what the card gateway is asked with, and signs its events with',
  },
  PAYSTACK_WEBHOOK_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
    about: "where the card gateway's events go; without it they wait",
  },
  SANDBOX_SEATS_PER_BUS: { schema: wholeNumber(1, 396).default(40), about: 'how many seats every bus has' },
  SANDBOX_LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    about: 'the lowest level that is logged',
  },
} as const;

type Values = { readonly [Name in keyof typeof variables]: z.output<(typeof variables)[Name]['schema']> };

/** All that is wrong with the environment at once, so that one restart is enough. */
export class EnvironmentMistakes extends Error {
  override readonly name = 'EnvironmentMistakes';

  constructor(mistakes: readonly string[]) {
    super(`The environment cannot be used:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
  }
}

/** An empty variable counts as one that is not set. */
export function readConfig(environment: NodeJS.ProcessEnv): Values {
  const mistakes: string[] = [];
  const read = Object.entries(variables).map(([name, { schema, about }]) => {
    const given = environment[name] || undefined;
    const result = schema.safeParse(given);
    if (!result.success)
      mistakes.push(`${name} ${result.error.issues[0]?.message ?? 'is not valid'} [${shown(name, given)}] (${about})`);
    return [name, result.data];
  });
  if (environment.DATABASE_URL && environment.SANDBOX_FOLDER) {
    mistakes.push('SANDBOX_FOLDER and DATABASE_URL are both set: the data can be in one place only');
  }
  if (mistakes.length > 0) throw new EnvironmentMistakes(mistakes);
  return Object.fromEntries(read) as Values;
}

/** A database's URL holds its password, a webhook's may hold a token, and a key is one. */
function shown(name: string, given: string | undefined): string {
  const secret = ['DATABASE_URL', 'PAYSTACK_SECRET_KEY', 'PAYSTACK_WEBHOOK_URL'].includes(name);
  return secret ? 'not shown' : String(given);
}
