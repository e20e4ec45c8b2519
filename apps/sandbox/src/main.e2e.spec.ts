import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';

const started: ChildProcess[] = [];

function run(environment: NodeJS.ProcessEnv) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--conditions=@longhaul/source', '--import', 'tsx', 'src/main.ts'], {
    cwd: new URL('..', import.meta.url),
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return { child, ended: once(child, 'exit') as Promise<[number | null, string | null]>, said: text(child.stdout) };
}

afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

it.each(['SIGTERM', 'SIGINT'] as const)('serves at the logged URL, and stops cleanly at %s', async (signal) => {
  const { child, ended } = run({ SANDBOX_PORT: '0' });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /serves at (http:\S+?)"/.exec(line.toString())?.[1];
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  child.kill(signal);
  expect(await ended).toEqual([0, null]);
});

it('reports every mistake in the environment, and exits with 78', async () => {
  const { ended, said } = run({ SANDBOX_PORT: 'x', SANDBOX_SWEEP_SECONDS: '0' });
  expect(await ended).toEqual([78, null]);
  expect(await said).toMatch(/SANDBOX_PORT[^]*SANDBOX_SWEEP_SECONDS/);
});

it('reports a taken port with the variable to set', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { ended, said } = run({ SANDBOX_PORT: String(port) });
  expect(await ended).toEqual([1, null]);
  expect(await said).toContain(`The port is taken: set SANDBOX_PORT to a free one [${port}]`);
  other.close();
});
