import type { Logger } from 'pino';
import { EnvironmentError, readEnvironment, type Together, type Values, type Variables } from './environment.ts';
import { createLog } from './log.ts';
import { StartUpError } from './start-up-error.ts';

/** Everything that differs between processes. */
export interface Program<V extends Variables> {
  readonly name: string;
  readonly variables: V;
  readonly together?: Together<V>;
  /** Lets libraries read their variables, to find mistakes. */
  readonly byLibraries?: (given: NodeJS.ProcessEnv) => unknown;
  /** The log level. */
  readonly level: (environment: Values<V>) => string;
  /** Serves until it is told to stop, and then finishes open work. */
  readonly serve: (environment: Values<V>, running: Running) => Promise<void>;
}

export interface Running {
  readonly log: Logger;
  readonly stop: AbortSignal;
  /** The whole environment, for libraries that read variables themselves. */
  readonly given: NodeJS.ProcessEnv;
}

/** The exit code for an invalid configuration (sysexits.h). */
const configurationExit = 78;

/** Runs a program until SIGTERM or SIGINT. The process ends with this call. */
export async function runProcess<V extends Variables>(program: Program<V>): Promise<never> {
  const { name, variables, together, byLibraries, level, serve } = program;
  const given = process.env;
  let log = createLog(name, 'info');
  try {
    const environment = readEnvironment(variables, given, together, byLibraries);
    log = createLog(name, level(environment));
    await serve(environment, { log, stop: onStopSignal(log), given });
    log.info('Drained');
    process.exit(0);
  } catch (error) {
    const expected = error instanceof EnvironmentError || error instanceof StartUpError;
    log.fatal(expected ? {} : { err: error }, expected ? error.message : `The ${name} has failed`);
    process.exit(error instanceof EnvironmentError ? configurationExit : 1);
  }
}

function onStopSignal(log: Logger): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!stopping.signal.aborted) log.info({ signal }, 'Asked to stop');
      stopping.abort();
    });
  }
  return stopping.signal;
}

/** Resolves when the process is told to stop. */
export function toldToStop(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve();
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
}
