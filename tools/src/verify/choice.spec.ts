import { expect, it } from 'vitest';
import { chosenSteps, UsageError } from './choice.ts';

const chosen = (...args: string[]) => chosenSteps(args).map(({ name }) => name);

it('runs all steps by default', () => {
  expect(chosen()).toEqual(['servers', 'lint', 'types', 'format', 'unused', 'build', 'spec', 'int', 'e2e']);
});

it('runs only the named steps, or all but the named ones, in their order', () => {
  expect(chosen('--only', 'spec, lint')).toEqual(['lint', 'spec']);
  expect(chosen('--except', 'int,e2e')).not.toContain('int');
});

it('refuses unknown steps and options', () => {
  expect(() => chosen('--only', 'spec,specs')).toThrow(new UsageError('--only: unknown step [specs]'));
  expect(() => chosen('--fast')).toThrow(UsageError);
});
