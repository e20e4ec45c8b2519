import type { Invariant, NotJudged } from './rule.ts';
import { againRules } from './rules/again.ts';
import { attentionRules } from './rules/attention.ts';
import { bookRules } from './rules/books.ts';
import { cardGatewayRules } from './rules/card-gateway.ts';
import { chargeRules } from './rules/charges.ts';
import { correlationRules } from './rules/correlation.ts';
import { deliveryRules } from './rules/deliveries.ts';
import { disputeRules } from './rules/disputes.ts';
import { keyRules } from './rules/keys.ts';
import { ledgerRules } from './rules/ledger.ts';
import { merchantRules } from './rules/merchants.ts';
import { moneyRules } from './rules/money.ts';
import { privacyRules } from './rules/privacy.ts';
import { quoteRules } from './rules/quotes.ts';
import { refundRules } from './rules/refunds.ts';
import { restRules } from './rules/rest.ts';
import { runRules } from './rules/runs.ts';
import { seatRules } from './rules/seats.ts';
import { storyRules } from './rules/story.ts';
import { tellingRules } from './rules/telling.ts';
import { topUpRules } from './rules/top-ups.ts';
import { undoRules } from './rules/undos.ts';

/** What must hold over any run, whatever crashes, repeats, comes late or gets lost. */
export const invariants: readonly Invariant[] = [
  ...runRules,
  ...keyRules,
  ...undoRules,
  ...attentionRules,
  ...privacyRules,
  ...correlationRules,
  ...againRules,
  ...restRules,
  ...seatRules,
  ...moneyRules,
  ...quoteRules,
  ...storyRules,
  ...tellingRules,
  ...ledgerRules,
  ...chargeRules,
  ...topUpRules,
  ...bookRules,
  ...cardGatewayRules,
  ...deliveryRules,
  ...merchantRules,
  ...refundRules,
  ...disputeRules,
];

/** What this evidence cannot settle. */
export const notJudged: readonly NotJudged[] = [
  { id: 'X6', because: 'replaying a history takes the current bundle and a worker; the replay specs do it' },
  {
    id: 'payment 15',
    because:
      'what was sent to the queue, started from it and given up is seen at the queue alone: the specs of the intake do it',
  },
  {
    id: 'payment 16',
    because: 'which messages of a batch come back is seen at the queue alone: the specs of the intake do it',
  },
];
