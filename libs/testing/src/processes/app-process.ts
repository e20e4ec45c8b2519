import type { WorkerExit } from '@longhaul/checker';
import { workers } from '../../../../apps/registry.mjs';
import { startChild, tellEnding, type Ending } from '../servers/child.ts';
import { bundleOf, type App } from './apps.ts';

/** A log line of an app; a line that is not JSON has only `msg`. */
export interface LogLine {
  readonly msg: string;
  readonly [attribute: string]: unknown;
}

/** A built app as a process, with its log. */
export interface AppProcess {
  readonly name: string;
  readonly pid: number;
  readonly ended: Promise<Ending>;
  /** All lines so far. */
  readonly log: readonly LogLine[];
  /** Waits for the first line whose text matches. Fails if the process ends without it. */
  logged(text: string | RegExp): Promise<LogLine>;
  /** The URL that it logs when it listens. */
  url(): Promise<string>;
  /** Sends SIGTERM like an orchestrator, and SIGKILL after the grace. */
  terminate(graceMs?: number): Promise<WorkerExit>;
  /** Sends SIGKILL, like a crash. */
  kill(): Promise<WorkerExit>;
}

export interface AppProcessSpec {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Another file than the built one, for example in a copy of the app. */
  readonly main?: string;
  readonly logFile?: string;
}

/** Longer than any worker's own grace. */
const defaultGraceMs = 10_000 + 1_000 * Math.max(...Object.values(workers).map(({ graceSeconds }) => graceSeconds));

export async function startApp(app: Pick<App, 'name'>, spec: AppProcessSpec): Promise<AppProcess> {
  const log: LogLine[] = [];
  const waiting = new Set<() => void>();
  const child = await startChild({
    name: app.name,
    command: process.execPath,
    args: ['--enable-source-maps', spec.main ?? bundleOf(app)],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...spec.environment },
    logFile: spec.logFile,
    onLine: (line) => {
      log.push(read(line));
      waiting.forEach((look) => look());
    },
  });

  function logged(text: string | RegExp): Promise<LogLine> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = log.find(({ msg }) => (typeof text === 'string' ? msg.includes(text) : text.test(msg)));
        if (!line) return;
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      look();
      void child.ended.then((ending) =>
        reject(new Error(`${app.name} ${tellEnding(ending)} and never said "${text.toString()}":\n${child.tail()}`)),
      );
    });
  }

  const exit = (signal: WorkerExit['signal'], ending: Ending): WorkerExit => ({
    process: `${app.name} (${child.pid})`,
    signal,
    exitCode: ending.code,
    withinGrace: ending.signal === null,
  });

  return {
    name: app.name,
    pid: child.pid,
    ended: child.ended,
    log,
    logged,
    async url() {
      const { msg, healthPort } = await logged(/serves at|listening at|Health and metrics are served/);
      return typeof healthPort === 'number' ? `http://127.0.0.1:${healthPort}` : /http:\S+/.exec(msg)![0];
    },
    terminate: async (graceMs = defaultGraceMs) => exit('SIGTERM', await child.stop(graceMs)),
    kill: async () => exit('SIGKILL', await child.kill()),
  };
}

function read(line: string): LogLine {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null && 'msg' in parsed) return parsed as LogLine;
  } catch {
    // A stack trace, or a message of Node itself.
  }
  return { msg: line };
}
