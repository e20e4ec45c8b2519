import { describe, expect, it } from 'vitest';
import { addressesOf, appsFor, environmentFor, notUsed, workers } from './apps.ts';
import { readPorts } from './ports.ts';

const options = { ports: readPorts({ TEMPORAL_PORT: '7300', SANDBOX_PORT: '4100' }), temporal: undefined };

describe('the apps that npm start starts', () => {
  it('are sandbox, gateway, and the chosen workers, in the order of the registry', () => {
    const [sandbox, gateway, ...rest] = appsFor([...workers].reverse()).map(({ name }) => name);
    expect([sandbox, gateway]).toEqual(['sandbox', 'gateway']);
    expect(rest).toEqual(workers.map((name) => `${name}-worker`));
  });

  it('get the addresses of this Temporal and this sandbox', () => {
    for (const app of appsFor(workers).filter(({ name }) => name !== 'sandbox')) {
      const env = environmentFor(app, options, { TEMPORAL_ADDRESS: 'elsewhere:7233' });
      expect(env.TEMPORAL_ADDRESS).toBe('127.0.0.1:7300');
      const services = Object.entries(env).filter(([name]) => name.endsWith('_SERVICE_URL'));
      expect(services).not.toEqual([]);
      for (const [name, url] of services) expect(url, name).toMatch(/^http:\/\/127\.0\.0\.1:4100\/[a-z]+$/);
    }
  });

  it('get the address of a running Temporal server, if one is given', () => {
    const [booking] = appsFor(['booking']).filter(({ name }) => name === 'booking-worker');
    const env = environmentFor(booking!, { ...options, temporal: '127.0.0.1:7444' }, {});
    expect(env.TEMPORAL_ADDRESS).toBe('127.0.0.1:7444');
  });

  it("do not get the shell's variables for another Temporal or database", () => {
    const foreign = { TEMPORAL_API_KEY: 'k', TEMPORAL_TLS_CLIENT_CERT_PATH: '/c', DATABASE_URL: 'postgres://mine' };
    for (const app of appsFor(workers)) {
      const env = environmentFor(app, options, { ...foreign, TEMPORAL_LOG_LEVEL: 'debug' });
      expect(Object.keys(env)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/API_KEY|_TLS_|DATABASE_URL/)]),
      );
      expect(env.TEMPORAL_LOG_LEVEL).toBe('debug');
    }
  });

  it('get variables of the shell that the sandbox supports here, too', () => {
    const [sandbox] = appsFor([]).filter(({ name }) => name === 'sandbox');
    const env = environmentFor(sandbox!, options, { SANDBOX_SEATS_PER_BUS: '2', SANDBOX_LOG_LEVEL: 'debug' });
    expect(env).toMatchObject({ SANDBOX_SEATS_PER_BUS: '2', SANDBOX_LOG_LEVEL: 'debug', SANDBOX_PORT: '4100' });
  });

  it('use all variables of the shell, or report those that are not used', () => {
    const shell = {
      SANDBOX_PORT: '4100',
      SANDBOX_SEATS_PER_BUS: '2',
      TEMPORAL_LOG_LEVEL: 'debug',
      HOME: '/',
      PAGER: '',
    };
    const ignored = {
      DATABASE_URL: 'postgres://mine',
      SANDBOX_FOLDER: '/data',
      TEMPORAL_ADDRESS: 'elsewhere:7233',
      PAYSTACK_SECRET_KEY: 'sk_live',
    };
    const named = (env: NodeJS.ProcessEnv) => notUsed(appsFor(workers), addressesOf(options), options.ports, env);
    expect(named({ ...shell, ...ignored })).toEqual(Object.keys(ignored).toSorted());
    expect(named(shell)).toEqual([]);
  });
});
