import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { executable, fakeMachine, recorded } from './surroundings.fixture.ts';
import { findTemporalCli } from './temporal-cli.ts';

const currentVersion = 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"';
const cachedCli = (cache: string) => join(cache, 'temporal-cli-1.5.1', 'temporal');
/** Acts like \`go install\`, and counts its calls. */
const fakeGo = (folder: string) =>
  `echo "$@" >> ${folder}/go-calls; echo built > "$GOBIN/temporal"; /bin/chmod +x "$GOBIN/temporal"`;

describe('the Temporal CLI', () => {
  it('is the one in TEMPORAL_CLI, before all others', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('temporal', currentVersion);
    const path = await executable(join(machine.folder, 'my-temporal'));
    const progress = recorded();
    expect(await findTemporalCli(progress, machine.with({ TEMPORAL_CLI: path }))).toBe(path);
    expect(progress.lines).toEqual([`Temporal CLI: TEMPORAL_CLI [${path}]`]);
  });

  it('is an error if TEMPORAL_CLI names a file that cannot be started, although there is another one', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('temporal', currentVersion);
    await expect(findTemporalCli(recorded(), machine.with({ TEMPORAL_CLI: '/nowhere/temporal' }))).rejects.toThrow(
      'Temporal CLI: TEMPORAL_CLI cannot be used: there is no executable file [/nowhere/temporal]',
    );
  });

  it('is the one on the PATH, before the cache', async () => {
    const machine = await fakeMachine();
    const path = await machine.withProgram('temporal', currentVersion);
    await executable(cachedCli(machine.cache));
    expect(await findTemporalCli(recorded(), machine)).toBe(path);
  });

  it('is not the one on the PATH if its server is too old', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('temporal', 'echo "temporal version 1.0.0 (Server 1.24.2, UI 2.28.0)"');
    const path = await executable(cachedCli(machine.cache));
    expect(await findTemporalCli(recorded(), machine)).toBe(path);
  });

  it('is the one in our cache, before any download', async () => {
    const machine = await fakeMachine();
    const path = await executable(cachedCli(machine.cache));
    expect(await findTemporalCli(recorded(), machine)).toBe(path);
    expect(machine.downloads).toEqual([]);
  });

  it('is downloaded by the SDK into our cache, before anything is built', async () => {
    const machine = await fakeMachine(({ target }) => executable(target));
    await machine.withProgram('go', fakeGo(machine.folder));
    expect(await findTemporalCli(recorded(), machine)).toBe(cachedCli(machine.cache));
    expect(machine.downloads).toMatchObject([{ kind: 'createLocal', prefix: 'temporal', version: 'v1.5.1' }]);
    await expect(access(join(machine.folder, 'go-calls'))).rejects.toThrow('ENOENT');
  });

  it('is built with Go if nothing can be downloaded, and then found in the cache', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('go', fakeGo(machine.folder));
    const first = await findTemporalCli(recorded(), machine);
    expect(first).toBe(cachedCli(machine.cache));
    expect(await findTemporalCli(recorded(), machine)).toBe(first);
    const calls = await readFile(join(machine.folder, 'go-calls'), 'utf8');
    expect(calls).toBe('install github.com/temporalio/cli/cmd/temporal@v1.5.1\n');
  });

  it('is built once when several processes need it at the same time, and the others report that they wait', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('go', `/bin/sleep 0.5; ${fakeGo(machine.folder)}`);
    const tellers = [recorded(), recorded(), recorded()];
    const paths = await Promise.all(tellers.map((progress) => findTemporalCli(progress, machine)));
    expect(new Set(paths)).toEqual(new Set([cachedCli(machine.cache)]));
    expect(await readFile(join(machine.folder, 'go-calls'), 'utf8')).toMatch(/^.*\n$/);
    const waited = tellers.flatMap(({ lines }) => lines).filter((line) => line.includes('waiting for process'));
    expect(waited).toHaveLength(2);
  });

  it('is not in the cache if the build failed', async () => {
    const machine = await fakeMachine();
    await machine.withProgram('go', 'echo half > "$GOBIN/temporal"; echo "no space left" >&2; exit 1');
    await expect(findTemporalCli(recorded(), machine)).rejects.toThrow('ended with exit code 1: no space left');
    expect(await readdir(join(machine.cache, 'temporal-cli-1.5.1'))).toEqual([]);
  });

  it('that cannot be found is reported with every way tried, why it failed, and what to do', async () => {
    const machine = await fakeMachine();
    await expect(findTemporalCli(recorded(), machine)).rejects.toThrow(
      [
        'Temporal CLI could not be had. Tried, in this order:',
        '  - TEMPORAL_CLI: not set',
        '  - `temporal` on the PATH: not there',
        `  - our cache: nothing there [${cachedCli(machine.cache)}]`,
        '  - the download of the Temporal SDK: no network here',
        '  - `go install github.com/temporalio/cli/cmd/temporal@v1.5.1`: there is no `go` on the PATH',
        'Install it (https://docs.temporal.io/cli) or set TEMPORAL_CLI to the path of a `temporal` executable.',
      ].join('\n'),
    );
  });
});
