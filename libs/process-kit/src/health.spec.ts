import { afterEach, describe, expect, it } from 'vitest';
import { serveHealth, type HealthSigns } from './health.ts';
import { StartUpError } from './start-up-error.ts';

const here = { HEALTH_HOST: '127.0.0.1', HEALTH_PORT: 0 };
const well: HealthSigns = { unready: () => undefined, metrics: () => 'seats_held 4' };
const open: { close(): void }[] = [];

afterEach(() => {
  for (const health of open.splice(0)) health.close();
});

async function serve(signs: Partial<HealthSigns> = {}) {
  const health = await serveHealth(here, { ...well, ...signs });
  open.push(health);
  return async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${health.port}${path}`);
    return `${response.status} ${(await response.text()).trim()}`;
  };
}

describe('The health port', () => {
  it('shows that a process is alive and ready, and its metrics', async () => {
    const ask = await serve();
    expect(await ask('/livez')).toBe('200 ok');
    expect(await ask('/readyz?verbose')).toBe('200 ok');
    expect(await ask('/metrics')).toBe('200 seats_held 4');
    expect(await ask('/')).toBe('404 not found: try /livez, /readyz or /metrics');
  });

  it('says why a process is not ready, and that it is alive', async () => {
    const ask = await serve({ unready: () => Promise.resolve('not connected yet') });
    expect(await ask('/readyz')).toBe('503 not connected yet');
    expect(await ask('/livez')).toBe('200 ok');
  });

  it('says why a process is dead, and that it is not ready', async () => {
    const ask = await serve({ dead: () => 'the worker has stopped' });
    expect(await ask('/livez')).toBe('503 the worker has stopped');
    expect(await ask('/readyz')).toBe('503 the worker has stopped');
  });

  it('answers with 503 if the check fails', async () => {
    const cannot = () => Promise.reject(new Error('nobody answers'));
    const ask = await serve({ unready: cannot, metrics: cannot });
    expect(await ask('/readyz')).toBe('503 nobody answers');
    expect(await ask('/metrics')).toBe('503 nobody answers');
  });

  it('names the variable to set if its port is taken', async () => {
    const first = await serveHealth(here, well);
    open.push(first);
    const second = serveHealth({ ...here, HEALTH_PORT: first.port }, well);
    await expect(second).rejects.toThrow(StartUpError);
    await expect(second).rejects.toThrow(`The port is taken: set HEALTH_PORT to a free one [${first.port}]`);
  });
});
