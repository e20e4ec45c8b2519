import { join } from 'node:path';
import { findExecutable, WayClosed, type Way } from './find-executable.ts';
import { goInstall } from './go-install.ts';
import { cacheFolder, isExecutable, onPath, run, type Environment } from './machine.ts';
import { tellPlainly, type Progress } from './progress.ts';
import { downloadWithSdk, type SdkDownload } from './sdk-download.ts';

const temporalCliVersion = '1.5.1';
/** The first version with eager activities and update-with-start as we use them. */
const oldestServer = [1, 28] as const;

export interface Surroundings {
  readonly env: Environment;
  readonly download: (what: SdkDownload, env: Environment) => Promise<string>;
}

export const realSurroundings: Surroundings = { env: process.env, download: downloadWithSdk };

/** The path of a `temporal` executable that can start a dev server. Prints one line about where it was found. */
export function findTemporalCli(
  progress: Progress = tellPlainly(),
  { env, download }: Surroundings = realSurroundings,
): Promise<string> {
  const folder = join(cacheFolder(env), `temporal-cli-${temporalCliVersion}`);
  const target = join(folder, 'temporal');
  return findExecutable(
    {
      what: 'Temporal CLI',
      lock: `${folder}.lock`,
      ways: [
        named('TEMPORAL_CLI', env),
        installed(env, oldestServer),
        cached(target),
        {
          name: 'the download of the Temporal SDK',
          takes: 'up to a minute',
          walk: () =>
            download({ kind: 'createLocal', prefix: 'temporal', version: `v${temporalCliVersion}`, target }, env),
        },
        goInstall(
          {
            module: `github.com/temporalio/cli/cmd/temporal@v${temporalCliVersion}`,
            takes: 'about 6 minutes',
            target,
          },
          env,
        ),
      ],
      advice: 'Install it (https://docs.temporal.io/cli) or set TEMPORAL_CLI to the path of a `temporal` executable.',
    },
    progress,
  );
}

/** A variable with the path of the program. A wrong value is an error; other ways are not tried then. */
export function named(variable: string, env: Environment): Way {
  return {
    name: variable,
    binding: true,
    async walk() {
      const path = env[variable];
      if (!path) throw new WayClosed('not set');
      if (!(await isExecutable(path))) throw new Error(`there is no executable file [${path}]`);
      return path;
    },
  };
}

export function cached(target: string): Way {
  return {
    name: 'our cache',
    async walk() {
      if (!(await isExecutable(target))) throw new WayClosed(`nothing there [${target}]`);
      return target;
    },
  };
}

/** An installed `temporal`, if its server is new enough. */
export function installed(env: Environment, oldest: readonly [major: number, minor: number]): Way {
  return {
    name: '`temporal` on the PATH',
    async walk() {
      const path = await onPath('temporal', env);
      if (!path) throw new WayClosed('not there');
      const version = (await run(path, ['--version'], { env, timeoutMs: 10_000 })).trim();
      const [, major, minor] = /Server (\d+)\.(\d+)/.exec(version) ?? [];
      const tooOld = Number(major) === oldest[0] && Number(minor) < oldest[1];
      if (major === undefined || tooOld) {
        throw new WayClosed(`needs server ${oldest.join('.')} or later [${path}: ${version}]`);
      }
      return path;
    },
  };
}
