import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findExecutable, WayClosed, type Way } from './find-executable.ts';
import { cacheFolder, isExecutable, onPath, run, type Environment } from './machine.ts';
import { tellPlainly, type Progress } from './progress.ts';
import { named } from './temporal-cli.ts';

const motoVersion = '5.2.5';
const cfnLintVersion = '1.58.0';
const packages = [`moto[server]==${motoVersion}`, `cfn-lint==${cfnLintVersion}`];
/** They share one environment, because the emulator needs the linter's packages anyway. */
const programs = ['moto_server', 'cfn-lint'] as const;
type Program = (typeof programs)[number];

/** The path of \`moto_server\`, which emulates SNS and SQS. */
export function findMotoServer(progress: Progress = tellPlainly(), env: Environment = process.env): Promise<string> {
  return findTool('AWS emulator', 'moto_server', 'LONGHAUL_MOTO_SERVER', installedMoto(env), progress, env);
}

/** The path of \`cfn-lint\`, which checks CloudFormation templates. The version is fixed, because others have other rules. */
export function findCfnLint(progress: Progress = tellPlainly(), env: Environment = process.env): Promise<string> {
  return findTool('CloudFormation linter', 'cfn-lint', 'LONGHAUL_CFN_LINT', installedCfnLint(env), progress, env);
}

function findTool(
  what: string,
  program: Program,
  variable: string,
  installed: Way,
  progress: Progress,
  env: Environment,
): Promise<string> {
  const folder = join(cacheFolder(env), `aws-tools-moto-${motoVersion}-cfn-lint-${cfnLintVersion}`);
  return findExecutable(
    {
      what,
      lock: `${folder}.lock`,
      ways: [named(variable, env), installed, cachedEnvironment(folder, program), pipInstall(folder, program, env)],
      advice: `Install Python 3.10 or later with its \`venv\` module, or set ${variable} to the path of \`${program}\`.`,
    },
    progress,
  );
}

/** It cannot print its version, so the Python in its first line is asked. */
function installedMoto(env: Environment): Way {
  return {
    name: '`moto_server` on the PATH',
    async walk() {
      const path = await onPath('moto_server', env);
      if (!path) throw new WayClosed('not there');
      const [, python] = /^#!(\S*python\S*)\n/.exec(await readFile(path, 'utf8')) ?? [];
      if (!python) throw new WayClosed(`does not say which Python it runs on [${path}]`);
      const version = (await run(python, ['-c', 'import moto; print(moto.__version__)'], { env })).trim();
      if (version !== motoVersion) throw new WayClosed(`needs version ${motoVersion} [${path}: ${version}]`);
      return path;
    },
  };
}

function installedCfnLint(env: Environment): Way {
  return {
    name: '`cfn-lint` on the PATH',
    async walk() {
      const path = await onPath('cfn-lint', env);
      if (!path) throw new WayClosed('not there');
      const version = (await run(path, ['--version'], { env, timeoutMs: 10_000 })).trim();
      if (version !== `cfn-lint ${cfnLintVersion}`) {
        throw new WayClosed(`needs version ${cfnLintVersion} [${path}: ${version}]`);
      }
      return path;
    },
  };
}

const pythonIn = (folder: string) => join(folder, 'venv', 'bin', 'python');

function cachedEnvironment(folder: string, program: Program): Way {
  return {
    name: 'our cache',
    async walk() {
      // The environment uses the machine's Python, which an upgrade may have removed.
      const whole = (await isExecutable(join(folder, program))) && (await isExecutable(pythonIn(folder)));
      if (!whole) throw new WayClosed(`nothing there [${folder}]`);
      return join(folder, program);
    },
  };
}

/** An environment cannot be moved, so it is made in place. Its start scripts are written last, when it is complete. */
function pipInstall(folder: string, program: Program, env: Environment): Way {
  return {
    name: `\`pip install ${packages.join(' ')}\``,
    takes: 'about a minute',
    async walk() {
      const python = await onPath('python3', env);
      if (!python) throw new WayClosed('there is no `python3` on the PATH');
      try {
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder, { recursive: true });
        await run(python, ['-m', 'venv', join(folder, 'venv')], { env });
        await run(pythonIn(folder), ['-m', 'pip', 'install', '--quiet', ...packages], { env });
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
      for (const name of programs) await writeStarter(folder, name);
      return join(folder, program);
    },
  };
}

/** Calls the interpreter directly, because the first line of a script must not be longer than 127 characters. */
async function writeStarter(folder: string, program: Program): Promise<void> {
  const script = join(folder, 'venv', 'bin', program);
  await writeFile(join(folder, program), `#!/bin/sh\nexec '${pythonIn(folder)}' '${script}' "$@"\n`);
  await chmod(join(folder, program), 0o755);
}
