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
  it('starts all workers on the usual ports, takes the tour and stays up', () => {
    const { ports, ...rest } = read([]);
    expect(rest).toEqual({ exit: false, tour: true, workers, temporal: undefined });
    expect(ports).toMatchObject({ temporal: 7233, temporalUi: 8233, sandbox: 4000, gateway: 3000, booking: 9464 });
    expect(Object.keys(ports)).toEqual(Object.keys(portTable));
  });

  it('starts only the workers that are named, by their short or their full name', () => {
    expect(read(['--only', 'booking']).workers).toEqual(['booking']);
    expect(read(['--only', 'fleet-worker,booking']).workers).toEqual(['booking', 'fleet']);
  });

  it('refuses a worker that there is not, and names those that there are', () => {
    expect(() => read(['--only', 'bookin'])).toThrow(
      new UsageError(`There is no worker of that name [bookin]. There are: ${workers.join(', ')}`),
    );
  });

  it('refuses an option that there is not, and two that contradict each other', () => {
    expect(() => read(['--frob'])).toThrow(UsageError);
    expect(() => read(['--exit', '--no-tour'])).toThrow(UsageError);
  });

  it('refuses options that npm kept for itself, for want of the --', () => {
    expect(() => read([], { npm_config_tour: '' })).toThrow(
      new UsageError('npm took --no-tour for an option of its own: write -- before it'),
    );
    expect(() => read(['127.0.0.1:7233'], { npm_config_temporal: 'true', npm_config_exit: 'true' })).toThrow(
      'npm took --exit, --temporal for an option',
    );
  });

  it('takes each port from its variable', () => {
    for (const [name, { variable }] of Object.entries(portTable)) {
      expect(read([], { [variable]: '5123' }).ports).toMatchObject({ [name]: 5123 });
    }
  });

  it('names every port that cannot be one, and two that are the same, at once', () => {
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
