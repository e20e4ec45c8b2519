import { z } from 'zod';

/** One variable: how it is read and a sentence for the person who sets it. The default, if any, is the schema's. */
export interface Variable<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly about: string;
  /** Its value is told to nobody, not even to say what is wrong with it. */
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

/** A whole number within limits, as an environment variable spells it. */
export const wholeNumber = (minimum: number, maximum: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.int().min(minimum).max(maximum));

export const port = wholeNumber(0, 65_535);

export const flag = z.stringbool();

export const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

/** What is wrong with the environment: every variable at once, so that one restart is enough. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The environment cannot be used:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** Reads the declared variables, once. An empty variable counts as one that is not set. */
export function readEnvironment<V extends Variables>(variables: V, environment: NodeJS.ProcessEnv): Values<V> {
  const mistakes: string[] = [];
  const values = Object.entries(variables).map(([name, { schema, about, secret }]) => {
    const given = environment[name] === '' ? undefined : environment[name];
    const read = schema.safeParse(given);
    if (!read.success) {
      const wrong = read.error.issues[0]?.message ?? 'is not valid';
      const why = given === undefined ? 'is not set' : secret ? wrong : `${wrong} [${given}]`;
      mistakes.push(`${name} ${why} (${about})`);
    }
    return [name, read.data];
  });
  if (mistakes.length > 0) throw new EnvironmentError(mistakes);
  return Object.fromEntries(values) as Values<V>;
}
