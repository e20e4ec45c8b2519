import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const least = { GATEWAY_ISSUER: 'http://127.0.0.1:4000/issuer', BOOKING_SERVICE_URL: 'http://127.0.0.1:4000/booking' };

test('an environment with the least that is needed gets every default', () => {
  expect(readConfig({ ...least, GATEWAY_PORT: '' })).toMatchObject({
    GATEWAY_PORT: 3_000,
    GATEWAY_AUDIENCE: 'longhaul',
    ENABLE_TEMPORAL_WORKFLOWS: true,
  });
});

test('ENABLE_TEMPORAL_WORKFLOWS=false switches starting off', () => {
  expect(readConfig({ ...least, ENABLE_TEMPORAL_WORKFLOWS: 'false' }).ENABLE_TEMPORAL_WORKFLOWS).toBe(false);
});

test('all mistakes are told at once, each with its variable, its value and what it is for', () => {
  const read = () => readConfig({ GATEWAY_PORT: '99999', GATEWAY_ISSUER: 'ftp://x', LOG_LEVEL: 'loud' });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/GATEWAY_PORT .*\[99999\] \(port to listen on/);
  expect(read).toThrow(/GATEWAY_ISSUER must be an http or https URL \[ftp:\/\/x\]/);
  expect(read).toThrow(/BOOKING_SERVICE_URL is not set \(where the booking service is\)/);
  expect(read).toThrow(/LOG_LEVEL .*\[loud\]/);
});
