import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { executable, fakeMachine, recorded, type FakeMachine } from './surroundings.fixture.ts';
import { findTemporalServer } from './temporal-server.ts';

const cachedServer = ({ cache }: FakeMachine) => join(cache, 'temporal-server-1.32.2', 'server');
const cachedCli = ({ cache }: FakeMachine) => join(cache, 'temporal-cli-1.9.1', 'temporal');
/** Acts like `go install`, and records its arguments. */
const fakeGo = (folder: string) =>
  `echo "$GOTOOLCHAIN $@" >> ${folder}/go-calls; echo built > "$GOBIN/server"; /bin/chmod +x "$GOBIN/server"`;
const cliWith = (version: string) => `echo "temporal version 9 (Server ${version}, UI 2)"`;

describe("the specs' server", () => {
  it('is the one in TEMPORAL_TEST_SERVER, before all others', async () => {
    const machine = await fakeMachine();
    await executable(cachedServer(machine));
    const path = await executable(join(machine.folder, 'my-server'));
    const found = await findTemporalServer(recorded(), machine.with({ TEMPORAL_TEST_SERVER: path }));
    expect(found).toEqual({ kind: 'server', path });
  });

  it('is the one inside a `temporal` on the PATH, if it can skip time', async () => {
    const machine = await fakeMachine();
    const path = await machine.withProgram('temporal', cliWith('1.32.0'));
    expect(await findTemporalServer(recorded(), machine)).toEqual({ kind: 'cli', path });

    await machine.withProgram('temporal', cliWith('1.29.1'));
    await executable(cachedServer(machine));
    expect(await findTemporalServer(recorded(), machine)).toEqual({ kind: 'server', path: cachedServer(machine) });
  });

  it('is downloaded by the SDK as part of the CLI, before anything is built', async () => {
    const machine = await fakeMachine(({ target }) => executable(target));
    await machine.withProgram('go', fakeGo(machine.folder));
    expect(await findTemporalServer(recorded(), machine)).toEqual({ kind: 'cli', path: cachedCli(machine) });
    expect(machine.downloads).toMatchObject([{ kind: 'createLocal', prefix: 'temporal', version: 'v1.9.1' }]);
    await expect(access(join(machine.folder, 'go-calls'))).rejects.toThrow('ENOENT');
  });

  it('is built with the Go version that it needs if nothing can be downloaded, and then found in the cache', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('go', fakeGo(machine.folder));
    const expected = { kind: 'server', path: cachedServer(machine) };
    expect(await findTemporalServer(recorded(), machine)).toEqual(expected);
    expect(await findTemporalServer(recorded(), machine)).toEqual(expected);
    expect(await readFile(join(machine.folder, 'go-calls'), 'utf8')).toBe(
      'go1.27.3 install go.temporal.io/server/cmd/server@v1.32.2\n',
    );
  });

  it('that cannot be found is reported with every way tried and why it failed', async () => {
    const machine = await fakeMachine();
    await expect(findTemporalServer(recorded(), machine)).rejects.toThrow(
      [
        'Temporal server 1.32.2 could not be had. Tried, in this order:',
        '  - TEMPORAL_TEST_SERVER: not set',
        '  - `temporal` on the PATH: not there',
        `  - our cache: nothing there [${cachedServer(machine)}]`,
        `  - our cache: nothing there [${cachedCli(machine)}]`,
        '  - the download of the Temporal SDK: no network here',
        '  - `go install go.temporal.io/server/cmd/server@v1.32.2`: there is no `go` on the PATH',
      ].join('\n'),
    );
  });
});
