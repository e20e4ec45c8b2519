import { join } from 'node:path';
import { findExecutable, type Way } from './find-executable.ts';
import { goInstall } from './go-install.ts';
import { cacheFolder, type Environment } from './machine.ts';
import { tellPlainly, type Progress } from './progress.ts';
import { cached, installed, named, realSurroundings, type Surroundings } from './temporal-cli.ts';

/** Servers can skip time per execution since 1.32. */
const temporalServerVersion = '1.32.2';
const oldestServer = [1, 32] as const;
const cliVersion = '1.9.1';
const toolchain = 'go1.27.3';

/** A production `server`, or the `temporal` CLI, which contains one. */
export interface TemporalServer {
  readonly kind: 'server' | 'cli';
  readonly path: string;
}

/** The server that specs run against. */
export async function findTemporalServer(
  progress: Progress = tellPlainly(),
  { env, download }: Surroundings = realSurroundings,
): Promise<TemporalServer> {
  const target = serverFile(env);
  const cli = join(cacheFolder(env), `temporal-cli-${cliVersion}`, 'temporal');
  const path = await findExecutable(
    {
      what: `Temporal server ${temporalServerVersion}`,
      lock: join(target, '../../temporal-server.lock'),
      ways: [
        named('TEMPORAL_TEST_SERVER', env),
        installed(env, oldestServer),
        cached(target),
        cached(cli),
        {
          name: 'the download of the Temporal SDK',
          takes: 'up to a minute',
          walk: () =>
            download({ kind: 'createLocal', prefix: 'temporal', version: `v${cliVersion}`, target: cli }, env),
        },
        buildServer('server', '3 to 5 minutes', env),
      ],
      advice:
        `Install Temporal's CLI ${cliVersion} or later (https://docs.temporal.io/cli) or Go, ` +
        'or set TEMPORAL_TEST_SERVER to the path of a `server` or of a `temporal` executable.',
    },
    progress,
  );
  return { kind: path.endsWith('temporal') ? 'cli' : 'server', path };
}

export interface ProductionBinaries {
  readonly server: string;
  /** The tool that creates the schema. */
  readonly sql: string;
}

/** The production server and the tool that creates its schema. They are built, because there is no download for all platforms. */
export async function findProductionServer(progress: Progress, env: Environment): Promise<ProductionBinaries> {
  const find = (program: string, takes: string) =>
    findExecutable(
      {
        what: `Temporal's \`${program}\` ${temporalServerVersion}`,
        lock: join(serverFile(env), '../../temporal-server.lock'),
        ways: [cached(join(serverFile(env), '..', program)), buildServer(program, takes, env)],
        advice: 'Install Go.',
      },
      progress,
    );
  return { server: await find('server', '3 to 5 minutes'), sql: await find('sql', 'up to a minute') };
}

const serverFile = (env: Environment): string =>
  join(cacheFolder(env), `temporal-server-${temporalServerVersion}`, 'server');

function buildServer(program: string, takes: string, env: Environment): Way {
  const path = program === 'server' ? 'server' : `tools/${program}`;
  const module = `go.temporal.io/server/cmd/${path}@v${temporalServerVersion}`;
  return goInstall({ module, takes, target: join(serverFile(env), '..', program), toolchain }, env);
}
