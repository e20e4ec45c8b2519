import { repository } from '@longhaul/testing/processes';
import { startChild, type Child } from '@longhaul/testing/servers';
import { afterEach, expect, it } from 'vitest';

let npm: Child | undefined;
afterEach(() => npm?.kill());

/** As a person, a terminal that closes or a supervisor does: npm is told, and whatever it has started has to hear of it. */
it('npm run worker drains and ends when npm is told to', { timeout: 60_000 }, async () => {
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
  // The pipes close when the last process that writes to them is gone.
  await npm.ended;
});
