import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readConfig, variables } from './config.ts';

it('needs nothing from the environment', () => {
  expect(readConfig({ SANDBOX_FOLDER: '' })).toMatchObject({
    ...{ SANDBOX_PORT: 4000, SANDBOX_HOST: '127.0.0.1', PAYSTACK_SECRET_KEY: 'sk_test_longhaul' },
  });
});

it('names all that is wrong with the environment at once, and never shows a password', () => {
  const environment = {
    SANDBOX_PORT: '65536',
    SANDBOX_SWEEP_SECONDS: 'soon',
    SANDBOX_PUBLIC_URL: 'sandbox:4000',
    DATABASE_URL: 'mysql://me:secret@there/',
    SANDBOX_FOLDER: '/data',
    PAYSTACK_WEBHOOK_URL: 'gateway:4000/?token=secret',
  };
  const mistakes = () => readConfig(environment);
  for (const name of Object.keys(environment)) expect(mistakes).toThrow(name);
  expect(mistakes).not.toThrow('secret');
});

it('has each variable in docs/sandbox.md', () => {
  const page = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  for (const [name, { about }] of Object.entries(variables)) {
    const row = rows.find((line) => line.startsWith(`| \`${name}\``));
    expect(row, name).toContain(about.split(';')[0]);
  }
});
