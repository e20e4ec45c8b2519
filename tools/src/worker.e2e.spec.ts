import { repository } from '@longhaul/testing/processes';
import { startChild, type Child } from '@longhaul/testing/servers';
import { afterEach, expect, it } from 'vitest';

let npm: Child | undefined;
afterEach(() => npm?.kill());

/** A person, a closing terminal or a supervisor sends the signal to npm only. */
it('npm run worker drains and ends when npm gets the signal', { timeout: 60_000 }, async () => {
  npm = await startChild({
    name: 'npm run worker',
    command: 'npm',
    args: ['run', 'worker', '--', 'fleet'],
    cwd: repository,
    wholeGroup: true,
    env: {
      ...process.env,
      HEALTH_PORT: '0',
      FLEET_SERVICE_URL: 'http://127.0.0.1:1',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
    },
  });
  await expect.poll(() => npm!.tail(1_000), { timeout: 30_000 }).toContain('Health and metrics are served');
  process.kill(npm.pid, 'SIGTERM');
  await expect.poll(() => npm!.tail(1_000), { timeout: 20_000 }).toContain('Drained');
  // The pipes close when the last process that writes to them has ended.
  await npm.ended;
});
