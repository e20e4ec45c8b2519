import { z } from 'zod';

/** One variable: its schema, with the default if it has one, and its description. */
export interface Variable<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly about: string;
  /** The value is never shown, not even in an error about it. */
  readonly secret?: true;
}

export type Variables = Readonly<Record<string, Variable>>;
export type Values<V extends Variables> = { readonly [Name in keyof V]: z.output<V[Name]['schema']> };

export function variable<Schema extends z.ZodType>(schema: Schema, about: string): Variable<Schema> {
  return { schema, about };
}

export function secretVariable<Schema extends z.ZodType>(schema: Schema, about: string): Variable<Schema> {
  return { schema, about, secret: true };
}

/** An integer within limits, written in digits. */
export const wholeNumber = (minimum: number, maximum: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.int().min(minimum).max(maximum));

export const port = wholeNumber(0, 65_535);

export const flag = z.stringbool();

export const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

export const topicArn = z
  .string()
  .regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/, 'must be the ARN of an SNS topic');

export const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info');

/** All mistakes in the environment at once, so that one restart is enough. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[], options?: ErrorOptions) {
    super(`The environment cannot be used:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`, options);
    this.mistakes = mistakes;
  }
}

/** Checks variables that contradict each other: returns the reason, by the name of one of them. */
export type Together<V extends Variables> = (values: Partial<Values<V>>) => {
  readonly [Name in keyof V]?: string | undefined;
};

/**
 * Reads the declared variables. An empty variable counts as not set. Variables that libraries read themselves (`readByLibrary`)
 * are checked here as well, so that all mistakes are reported together.
 */
export function readEnvironment<V extends Variables>(
  variables: V,
  environment: NodeJS.ProcessEnv,
  together: Together<V> = () => ({}),
  byLibraries: (environment: NodeJS.ProcessEnv) => unknown = () => undefined,
): Values<V> {
  const wrong = new Map<string, string>();
  const values: Record<string, unknown> = {};
  for (const [name, { schema, secret }] of Object.entries(variables)) {
    const given = environment[name] === '' ? undefined : environment[name];
    const read = schema.safeParse(given);
    if (read.success) {
      values[name] = read.data;
      continue;
    }
    const why = read.error.issues[0]?.message ?? 'is not valid';
    wrong.set(name, given === undefined ? 'is not set' : secret ? why : `${why} [${given}]`);
  }
  for (const [name, why] of Object.entries(together(values as Partial<Values<V>>))) {
    if (why !== undefined && !wrong.has(name)) wrong.set(name, why);
  }
  const mistakes = [...wrong].map(([name, why]) => `${name} ${why} (${variables[name]?.about ?? ''})`);
  mistakes.push(...mistakesOf(() => byLibraries(environment)));
  if (mistakes.length === 0) return values as Values<V>;
  throw new EnvironmentError(mistakes);
}

function mistakesOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.mistakes;
    throw error;
  }
}

/** Calls a library that reads variables itself, and turns its errors into an `EnvironmentError`. */
export function readByLibrary<T>(names: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new EnvironmentError([`${names} cannot be used: ${(cause as Error).message}`], { cause });
  }
}
