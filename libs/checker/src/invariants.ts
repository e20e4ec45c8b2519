import { moneyRules } from './domains/booking/rules/money.ts';
import { seatRules } from './domains/booking/rules/seats.ts';
import { storyRules } from './domains/booking/rules/story.ts';
import { tellingRules } from './domains/booking/rules/telling.ts';
import { bookRules } from './domains/payment/rules/books.ts';
import { cardGatewayRules } from './domains/payment/rules/card-gateway.ts';
import { chargeRules } from './domains/payment/rules/charges.ts';
import { deliveryRules } from './domains/payment/rules/deliveries.ts';
import { ledgerRules } from './domains/payment/rules/ledger.ts';
import { merchantRules } from './domains/payment/rules/merchants.ts';
import { refundRules } from './domains/payment/rules/refunds.ts';
import { topUpRules } from './domains/payment/rules/top-ups.ts';
import { againRules } from './everywhere/rules/again.ts';
import { attentionRules } from './everywhere/rules/attention.ts';
import { correlationRules } from './everywhere/rules/correlation.ts';
import { keyRules } from './everywhere/rules/keys.ts';
import { privacyRules } from './everywhere/rules/privacy.ts';
import { restRules } from './everywhere/rules/rest.ts';
import { runRules } from './everywhere/rules/runs.ts';
import { undoRules } from './everywhere/rules/undos.ts';
import type { Invariant, NotJudged } from './rule.ts';

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
];

/** What this evidence cannot settle. */
export const notJudged: readonly NotJudged[] = [
  { id: 'X6', because: 'replaying a history takes the current bundle and a worker; the replay specs do it' },
  {
    id: 'booking 14',
    because: 'there are no quotes yet: the accepted price is the fare of the input, which booking 3 compares',
  },
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
