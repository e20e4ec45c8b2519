import { domains } from './domains/index.ts';
import { againRules } from './everywhere/rules/again.ts';
import { attentionRules } from './everywhere/rules/attention.ts';
import { correlationRules } from './everywhere/rules/correlation.ts';
import { keyRules } from './everywhere/rules/keys.ts';
import { privacyRules } from './everywhere/rules/privacy.ts';
import { restRules } from './everywhere/rules/rest.ts';
import { runRules } from './everywhere/rules/runs.ts';
import { undoRules } from './everywhere/rules/undos.ts';
import type { Invariant, NotJudged } from './rule.ts';

export const everywhereRules: readonly Invariant[] = [
  ...runRules,
  ...keyRules,
  ...undoRules,
  ...attentionRules,
  ...privacyRules,
  ...correlationRules,
  ...againRules,
  ...restRules,
];

/** What must hold for every run, whatever crashes, is repeated, comes late or gets lost. */
export const invariants: readonly Invariant[] = [...everywhereRules, ...domains.flatMap(({ rules }) => rules)];

/** Invariants that cannot be checked with this evidence. */
export const notJudged: readonly NotJudged[] = [
  { id: 'X6', because: 'replaying a history takes the current bundle and a worker; the replay specs do it' },
  ...domains.flatMap((domain) => domain.notJudged),
];
