import { expect, it } from 'vitest';
import { chosenSteps, UsageError } from './choice.ts';

const chosen = (...args: string[]) => chosenSteps(args).map(({ name }) => name);

it('runs everything unless told otherwise', () => {
  expect(chosen()).toEqual(['servers', 'lint', 'types', 'format', 'unused', 'build', 'spec', 'int', 'e2e']);
});

it('runs only the named steps, or all but the named ones, in their order', () => {
  expect(chosen('--only', 'spec, lint')).toEqual(['lint', 'spec']);
  expect(chosen('--except', 'int,e2e')).not.toContain('int');
});

it('refuses a name that is no step and an option that does not exist', () => {
  expect(() => chosen('--only', 'spec,specs')).toThrow(new UsageError('--only names no step [specs]'));
  expect(() => chosen('--fast')).toThrow(UsageError);
});
