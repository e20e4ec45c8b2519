import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './machine.ts';
import { executable, fakeMachine, recorded, type FakeMachine } from './surroundings.fixture.ts';
import { findTestServer } from './test-server.ts';

const home = (machine: FakeMachine) => join(machine.cache, 'temporal-test-server-1.35.0');
const target = (machine: FakeMachine) => join(home(machine), 'temporal-test-server');
const fakeMaven = `for argument; do case "$argument" in -DoutputDirectory=*) folder="\${argument#*=}";; esac; done
/bin/mkdir -p "$folder"; echo jar > "$folder/temporal-test-server-1.35.0.jar"`;

describe('the time-skipping test server', () => {
  it('is the one that TEMPORAL_TEST_SERVER names, before the cache', async () => {
    const machine = await fakeMachine();
    await executable(target(machine));
    const path = await executable(join(machine.folder, 'my-server'));
    expect(await findTestServer(recorded(), machine.with({ TEMPORAL_TEST_SERVER: path }))).toBe(path);
  });

  it('runs from cached jars through a wrapper that hands on its arguments', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('java', 'echo "$@"');
    await mkdir(join(home(machine), 'jars'), { recursive: true });
    await writeFile(join(home(machine), 'jars', 'temporal-test-server-1.35.0.jar'), '');
    const path = await findTestServer(recorded(), machine);
    const started = await run(path, ['7777'], { env: machine.env });
    expect(started).toContain(`-cp ${join(home(machine), 'jars')}/* io.temporal.testserver.TestServer 7777`);
  });

  it('comes through the SDK before Maven is asked', async () => {
    const machine = await fakeMachine((what) => executable(what.target));
    await machine.withProgram('java', 'exit 0');
    await machine.withProgram('mvn', 'exit 1');
    expect(await findTestServer(recorded(), machine)).toBe(target(machine));
    expect(machine.downloads).toMatchObject([{ kind: 'createTimeSkipping', version: 'v1.35.0' }]);
  });

  it('comes from Maven when nothing can be downloaded, and is in the cache the next time', async () => {
    const machine = await fakeMachine();
    const java = await machine.withProgram('java', 'exit 0');
    await machine.withProgram('mvn', fakeMaven);
    const path = await findTestServer(recorded(), machine);
    expect(await readFile(path, 'utf8')).toContain(`exec '${java}'`);
    await machine.withProgram('mvn', 'exit 1');
    expect(await findTestServer(recorded(), machine)).toBe(path);
  });

  it('that cannot be had is reported with every way and why it is closed', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('mvn', fakeMaven);
    await expect(findTestServer(recorded(), machine)).rejects.toThrow(
      [
        'Time-skipping test server could not be had. Tried, in this order:',
        '  - TEMPORAL_TEST_SERVER: not set',
        `  - our cache: nothing there [${target(machine)}]`,
        `  - our cache of the server's jars: nothing there [${join(home(machine), 'jars')}]`,
        '  - the download of the Temporal SDK: no network here',
        "  - Maven's io.temporal:temporal-test-server:1.35.0: there is no `java` on the PATH",
        'Install Java and Maven, or set TEMPORAL_TEST_SERVER to the path of a `temporal-test-server` executable.',
      ].join('\n'),
    );
  });
});
