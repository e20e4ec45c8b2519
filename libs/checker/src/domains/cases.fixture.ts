import type { DomainCases } from '../fixtures/domain-cases.fixture.ts';
import { domains } from './index.ts';

/** The cases of all domains. */
export const domainCases: readonly DomainCases[] = await Promise.all(
  domains.map(async ({ name }) => {
    const { cases } = (await import(`./${name}/cases/index.fixture.ts`)) as { readonly cases: DomainCases };
    return cases;
  }),
);
