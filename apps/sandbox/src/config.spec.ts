import { readFileSync } from 'node:fs';
import { readEnvironment } from '@longhaul/process-kit';
import { expect, it } from 'vitest';
import { together, variables } from './config.ts';

const readConfig = (given: NodeJS.ProcessEnv) => readEnvironment(variables, given, together);

it('has no required variables', () => {
  expect(readConfig({ SANDBOX_FOLDER: '' })).toMatchObject({
    ...{ SANDBOX_PORT: 4000, SANDBOX_HOST: '127.0.0.1', PAYSTACK_SECRET_KEY: 'sk_test_longhaul' },
  });
});

it('reports all mistakes at once, without passwords', () => {
  const environment = {
    SANDBOX_PORT: '65536',
    SANDBOX_SWEEP_SECONDS: 'soon',
    SANDBOX_PUBLIC_URL: 'sandbox:4000',
    DATABASE_URL: 'mysql://me:secret@there/',
    PAYSTACK_WEBHOOK_URL: 'gateway:4000/?token=secret',
  };
  const mistakes = () => readConfig(environment);
  for (const name of Object.keys(environment)) expect(mistakes).toThrow(name);
  expect(mistakes).not.toThrow('secret');
});

it('allows only one place for the data', () => {
  const both = { DATABASE_URL: 'postgres://me:secret@there/', SANDBOX_FOLDER: '/data' };
  expect(() => readConfig(both)).toThrow(/SANDBOX_FOLDER and DATABASE_URL are both set/);
});

it('documents each variable in docs/sandbox.md', () => {
  const page = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  for (const [name, { about }] of Object.entries(variables)) {
    const row = rows.find((line) => line.startsWith(`| \`${name}\``));
    expect(row, name).toContain(about.split(';')[0]);
  }
});
