import { describe, expect, it } from 'vitest';
import { readOptions, UsageError } from './options.ts';
import { workers } from './apps.ts';
import { portTable, PortMistakes } from './ports.ts';

const read = (args: string[], env: NodeJS.ProcessEnv = {}) => {
  const options = readOptions(args, env);
  if (options === 'help') throw new Error('not asked for help');
  return options;
};

describe('npm start', () => {
  it('by default starts all workers on the usual ports, runs the tour and stays up', () => {
    const { ports, ...rest } = read([]);
    expect(rest).toEqual({ exit: false, tour: true, workers, temporal: undefined });
    expect(ports).toMatchObject({ temporal: 7233, temporalUi: 8233, sandbox: 4000, gateway: 3000, booking: 9464 });
    expect(Object.keys(ports)).toEqual(Object.keys(portTable));
  });

  it('starts only the named workers, by short or full name', () => {
    expect(read(['--only', 'booking']).workers).toEqual(['booking']);
    expect(read(['--only', 'fleet-worker,booking']).workers).toEqual(['booking', 'fleet']);
  });

  it('refuses an unknown worker, and names the known ones', () => {
    expect(() => read(['--only', 'bookin'])).toThrow(
      new UsageError(`Unknown worker [bookin]. The workers are: ${workers.join(', ')}`),
    );
  });

  it('refuses unknown and contradictory options', () => {
    expect(() => read(['--frob'])).toThrow(UsageError);
    expect(() => read(['--exit', '--no-tour'])).toThrow(UsageError);
  });

  it('refuses options that npm took because the -- was missing', () => {
    expect(() => read([], { npm_config_tour: '' })).toThrow(
      new UsageError('npm took --no-tour as its own option: write -- before it'),
    );
    expect(() => read(['127.0.0.1:7233'], { npm_config_temporal: 'true', npm_config_exit: 'true' })).toThrow(
      'npm took --exit, --temporal as its own option',
    );
  });

  it('takes each port from its variable', () => {
    for (const [name, { variable }] of Object.entries(portTable)) {
      expect(read([], { [variable]: '5123' }).ports).toMatchObject({ [name]: 5123 });
    }
  });

  it('reports all invalid and repeated ports at once', () => {
    const env = { TEMPORAL_PORT: 'abc', GATEWAY_PORT: '4000', FLEET_HEALTH_PORT: '70000' };
    expect(() => read([], env)).toThrow(
      new PortMistakes(
        [
          'TEMPORAL_PORT is not a port [abc]',
          'GATEWAY_PORT and SANDBOX_PORT are the same port [4000]',
          'FLEET_HEALTH_PORT is not a port [70000]',
        ].join('\n'),
      ),
    );
  });
});
