import { parseArgs } from 'node:util';
import { workers, type AddressOptions } from './apps.ts';
import { readPorts } from './ports.ts';

export interface StartOptions extends AddressOptions {
  /** Exit after the tour, with 0 if every case ended as expected. */
  readonly exit: boolean;
  readonly tour: boolean;
  /** Names of the workers to start. */
  readonly workers: readonly string[];
}

export const usage = `Usage: npm start -- [--exit] [--no-tour] [--only <worker>]… [--temporal <address>]

  --exit                end after the tour: 0 if every case ended as it should, else 1
  --no-tour             only start
  --only <worker>       start this worker and no other; may be repeated (${workers.join(', ')})
  --temporal <address>  use the Temporal server that is up there (127.0.0.1:7233, say) instead of starting one
`;

/** A mistake in the command line, which is printed without a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): StartOptions | 'help' {
  const kept = keptByNpm(env);
  if (kept.length > 0) throw new UsageError(`npm took ${kept.join(', ')} as its own option: write -- before it`);
  const { values } = parsed(args);
  if (values.help) return 'help';
  if (values.exit && values['no-tour'])
    throw new UsageError('--exit ends after the tour, so it cannot go with --no-tour');
  const only = (values.only ?? []).flatMap((names) => names.split(',')).map((name) => name.replace(/-worker$/, ''));
  const unknown = only.filter((name) => !workers.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`Unknown worker [${unknown.join(', ')}]. The workers are: ${workers.join(', ')}`);
  }
  return {
    exit: values.exit ?? false,
    tour: !values['no-tour'],
    workers: only.length > 0 ? workers.filter((name) => only.includes(name)) : workers,
    ports: readPorts(env),
    temporal: values.temporal,
  };
}

/** Without `--`, npm takes options as its own settings and does not pass them on. */
function keptByNpm(env: NodeJS.ProcessEnv): readonly string[] {
  const kept = {
    '--exit': env['npm_config_exit'] !== undefined,
    '--no-tour': env['npm_config_tour'] === '',
    '--temporal': env['npm_config_temporal'] !== undefined,
  };
  return Object.entries(kept).flatMap(([option, isKept]) => (isKept ? [option] : []));
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        exit: { type: 'boolean' },
        'no-tour': { type: 'boolean' },
        only: { type: 'string', multiple: true },
        temporal: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
