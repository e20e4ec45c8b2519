import type { Invariant, NotJudged } from './rule.ts';
import { attentionRules } from './rules/attention.ts';
import { keyRules } from './rules/keys.ts';
import { ledgerRules } from './rules/ledger.ts';
import { moneyRules } from './rules/money.ts';
import { privacyRules } from './rules/privacy.ts';
import { restRules } from './rules/rest.ts';
import { runRules } from './rules/runs.ts';
import { seatRules } from './rules/seats.ts';
import { storyRules } from './rules/story.ts';
import { tellingRules } from './rules/telling.ts';
import { undoRules } from './rules/undos.ts';

/** What must hold over any run, whatever crashes, repeats, comes late or gets lost. */
export const invariants: readonly Invariant[] = [
  ...runRules,
  ...keyRules,
  ...undoRules,
  ...attentionRules,
  ...privacyRules,
  ...restRules,
  ...seatRules,
  ...moneyRules,
  ...storyRules,
  ...tellingRules,
  ...ledgerRules,
];

/** What this evidence cannot settle. */
export const notJudged: readonly NotJudged[] = [
  { id: 'X6', because: 'replaying a history takes the current bundle and a worker; the replay specs do it' },
  {
    id: 'booking 14',
    because: 'there are no quotes yet: the accepted price is the fare of the input, which booking 3 compares',
  },
];
