import { expect, it } from 'vitest';
import { invariantsPage } from './invariants-page.fixture.ts';

it('docs/invariants.md says what the rules say', async () => {
  await expect(invariantsPage()).toMatchFileSnapshot('../../../docs/invariants.md');
});
