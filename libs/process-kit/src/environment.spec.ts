import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EnvironmentError, port, readByLibrary, readEnvironment, url, variable, wholeNumber } from './environment.ts';

const variables = {
  SEATS_URL: variable(url, 'where the seats are'),
  SEATS_PORT: variable(port.default(9464), 'where it listens'),
  LIMIT: variable(wholeNumber(1, 10).optional(), 'how many at a time'),
  LEVEL: variable(z.enum(['info', 'warn']).default('info'), 'least level'),
};

function mistakesIn(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readEnvironment(variables, environment);
    return [];
  } catch (error) {
    return (error as EnvironmentError).mistakes;
  }
}

describe('the environment', () => {
  it('is read into typed values, with its defaults', () => {
    expect(readEnvironment(variables, { SEATS_URL: 'http://seats', LIMIT: '7', HOME: '/' })).toEqual({
      SEATS_URL: 'http://seats',
      SEATS_PORT: 9464,
      LIMIT: 7,
      LEVEL: 'info',
    });
  });

  it('reports all mistakes together, each with variable, value and purpose', () => {
    expect(mistakesIn({ SEATS_PORT: '70000', LIMIT: '1e1', LEVEL: 'loud' })).toEqual([
      'SEATS_URL is not set (where the seats are)',
      expect.stringMatching(/^SEATS_PORT .*65535.* \[70000\] \(where it listens\)$/),
      'LIMIT must be a whole number [1e1] (how many at a time)',
      expect.stringMatching(/^LEVEL .* \[loud\] \(least level\)$/),
    ]);
  });

  it('has each mistake in the error message', () => {
    expect(() => readEnvironment(variables, { LIMIT: '0' })).toThrow(/SEATS_URL is not set[^]*LIMIT .*\[0\]/);
  });

  it('treats an empty variable as not set', () => {
    expect(mistakesIn({ SEATS_URL: '', LIMIT: '' })).toEqual(['SEATS_URL is not set (where the seats are)']);
    expect(readEnvironment(variables, { SEATS_URL: 'https://s', LEVEL: '' }).LEVEL).toBe('info');
  });

  it.each(['0', '11', '-1', '1.5', ' 1', '0x1'])('refuses %j as a whole number from 1 to 10', (value) => {
    expect(mistakesIn({ SEATS_URL: 'http://seats', LIMIT: value })).toHaveLength(1);
  });

  it.each(['seats:80', 'ftp://seats', 'seats', 'file:///etc/passwd'])('refuses %j as a URL', (value) => {
    expect(mistakesIn({ SEATS_URL: value })).toEqual([
      `SEATS_URL must be an http or https URL [${value}] (where the seats are)`,
    ]);
  });

  it("reports a library's errors about its own variables together with the others", () => {
    const byLibrary = () =>
      readByLibrary('The SEAT_ variables', () => {
        throw new Error('SEAT_KEY is missing');
      });
    const read = () => readEnvironment(variables, { LIMIT: '0' }, undefined, byLibrary);
    expect(read).toThrow(
      /SEATS_URL is not set[^]*LIMIT .*\[0\][^]*SEAT_ variables cannot be used: SEAT_KEY is missing/,
    );
    expect(read).toThrow(EnvironmentError);
  });
});
