import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** The last line is one JSON object. */
  readonly json: boolean;
  /** A smoke test of a few seconds, without useful figures. */
  readonly quick: boolean;
  /** The number of measurements of each contestant. */
  readonly rounds: number;
  /** Length of a round, in seconds. */
  readonly seconds: number;
  /** Load before the first round, in seconds for each contestant. */
  readonly warmUpSeconds: number;
  /** The Temporal servers to use, if the bench supports several. */
  readonly servers: readonly string[] | undefined;
  /** Cached bookings of the memory bench. */
  readonly bookings: number;
  /** Payments of each round of the intake bench. */
  readonly payments: number;
}

export const usage = `
  --json             the last line is one JSON object
  --quick            a smoke test: a few seconds, figures that mean nothing
  --rounds N         measurements of each contestant (default 10)
  --seconds N        length of a round (default 4)
  --warm-up N        seconds of load for each contestant before the first round (default 15, at least 10 for figures)
  --servers A,B      fast-path: which servers
  --bookings N       memory: cached bookings of each contestant (default 2000)
  --payments N       intake: payments of a round (default 300)`;

/** The arguments are wrong; the message says which. */
export class UsageError extends Error {}

const quick = { rounds: 2, seconds: 2, 'warm-up': 2, bookings: 80, payments: 20 };
const usual = { rounds: 10, seconds: 4, 'warm-up': 15, bookings: 2_000, payments: 300 };

export function readOptions(args: readonly string[]): { name: string | undefined; options: BenchOptions } {
  const { positionals, values } = parsed(args);
  if (positionals.length > 1) throw new UsageError(`One bench at a time [${positionals.join(' ')}]`);
  const defaults = values.quick ? quick : usual;
  const number = (option: keyof typeof defaults): number => {
    const given = values[option];
    if (given === undefined) return defaults[option];
    if (!/^[1-9]\d{0,5}$/.test(given)) throw new UsageError(`--${option} must be a whole number from 1 on [${given}]`);
    return Number(given);
  };
  return {
    name: values.help ? undefined : positionals[0],
    options: {
      json: values.json,
      quick: values.quick,
      rounds: number('rounds'),
      seconds: number('seconds'),
      warmUpSeconds: number('warm-up'),
      servers: values.servers?.split(','),
      bookings: number('bookings'),
      payments: number('payments'),
    },
  };
}

function parsed(args: readonly string[]) {
  const options = {
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      servers: { type: 'string' },
      bookings: { type: 'string' },
      payments: { type: 'string' },
    },
  } as const;
  try {
    return parseArgs(options);
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
