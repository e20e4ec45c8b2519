import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCfnLint, findMotoServer } from './aws-tools.ts';
import { run } from './machine.ts';
import { executable, fakeMachine, recorded, type FakeMachine } from './surroundings.fixture.ts';

const home = (machine: FakeMachine) => join(machine.cache, 'aws-tools-moto-5.2.5-cfn-lint-1.58.0');

/** Makes a virtual environment whose Python records the arguments of pip, and runs scripts by printing their arguments. */
const fakePython = (folder: string) => `
/bin/mkdir -p "$3/bin"
printf '#!/bin/sh\\nif [ "$1" = -m ]; then echo "$@" >> ${folder}/pip-calls; else echo "$@"; fi\\n' > "$3/bin/python"
/bin/chmod +x "$3/bin/python"`;

describe('the AWS emulator', () => {
  it('is the one in LONGHAUL_MOTO_SERVER, before all others', async () => {
    const machine = await fakeMachine();
    const path = await executable(join(machine.folder, 'my-moto'));
    const progress = recorded();
    const { env } = machine.with({ LONGHAUL_MOTO_SERVER: path });
    expect(await findMotoServer(progress, env)).toBe(path);
    expect(progress.lines).toEqual([`AWS emulator: LONGHAUL_MOTO_SERVER [${path}]`]);
  });

  it('is an error if LONGHAUL_MOTO_SERVER names a file that cannot be started', async () => {
    const machine = await fakeMachine();
    const { env } = machine.with({ LONGHAUL_MOTO_SERVER: '/nowhere/moto_server' });
    await expect(findMotoServer(recorded(), env)).rejects.toThrow(
      'AWS emulator: LONGHAUL_MOTO_SERVER cannot be used: there is no executable file [/nowhere/moto_server]',
    );
  });

  it.each([
    ['is', '5.2.5'],
    ['is not', '5.2.1'],
  ])('%s the one on the PATH when its Python has version %s', async (verb, version) => {
    const machine = await fakeMachine();
    const python = await machine.withProgram('python-of-moto', `echo ${version}`);
    const path = await machine.withProgram('moto_server', 'exit 0', python);
    const found = findMotoServer(recorded(), machine.env);
    if (verb === 'is') expect(await found).toBe(path);
    else await expect(found).rejects.toThrow(`\`moto_server\` on the PATH: needs version 5.2.5 [${path}: ${version}]`);
  });

  it('is installed by pip, and then found in the cache', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('python3', fakePython(machine.folder));
    const first = await findMotoServer(recorded(), machine.env);
    expect(first).toBe(join(home(machine), 'moto_server'));
    expect(await findMotoServer(recorded(), machine.env)).toBe(first);
    expect(await readFile(join(machine.folder, 'pip-calls'), 'utf8')).toBe(
      '-m pip install --quiet moto[server]==5.2.5 cfn-lint==1.58.0\n',
    );
    const started = await run(first, ['-p', '5555'], { env: machine.env });
    expect(started).toBe(`${join(home(machine), 'venv/bin/moto_server')} -p 5555\n`);
  });

  it('is installed once when several processes need it or the linter at the same time', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('python3', `/bin/sleep 0.5; ${fakePython(machine.folder)}`);
    const tellers = [recorded(), recorded(), recorded()];
    await Promise.all(tellers.map((progress, index) => (index ? findCfnLint : findMotoServer)(progress, machine.env)));
    expect(await readFile(join(machine.folder, 'pip-calls'), 'utf8')).toMatch(/^.*\n$/);
    const waited = tellers.flatMap(({ lines }) => lines).filter((line) => line.includes('waiting for process'));
    expect(waited).toHaveLength(2);
  });

  it('is not in the cache if the installation failed', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('python3', 'echo "ensurepip is not available" >&2; exit 1');
    await expect(findMotoServer(recorded(), machine.env)).rejects.toThrow('exit code 1: ensurepip is not available');
    expect(await readdir(machine.cache)).toEqual([]);
  });

  it('that cannot be found is reported with every way tried, why it failed, and what to do', async () => {
    const machine = await fakeMachine();
    await expect(findMotoServer(recorded(), machine.env)).rejects.toThrow(
      [
        'AWS emulator could not be had. Tried, in this order:',
        '  - LONGHAUL_MOTO_SERVER: not set',
        '  - `moto_server` on the PATH: not there',
        `  - our cache: nothing there [${home(machine)}]`,
        '  - `pip install moto[server]==5.2.5 cfn-lint==1.58.0`: there is no `python3` on the PATH',
        'Install Python 3.10 or later with its `venv` module, or set LONGHAUL_MOTO_SERVER to the path of `moto_server`.',
      ].join('\n'),
    );
  });
});

describe('the CloudFormation linter', () => {
  it('is taken from the PATH only in the version that we use', async () => {
    const machine = await fakeMachine();
    const path = await machine.withProgram('cfn-lint', 'echo "cfn-lint 1.51.0"');
    await machine.withProgram('python3', fakePython(machine.folder));
    expect(await findCfnLint(recorded(), machine.env)).toBe(join(home(machine), 'cfn-lint'));
    await machine.withProgram('cfn-lint', 'echo "cfn-lint 1.58.0"');
    expect(await findCfnLint(recorded(), machine.env)).toBe(path);
  });
});
