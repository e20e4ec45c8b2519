import { defineDomain } from '../../domain.ts';
import { factsOf } from './facts.ts';
import { isByGateway } from './keys.ts';
import { bookRules } from './rules/books.ts';
import { cardGatewayRules } from './rules/card-gateway.ts';
import { chargeRules } from './rules/charges.ts';
import { deliveryRules } from './rules/deliveries.ts';
import { disputeRules } from './rules/disputes.ts';
import { ledgerRules } from './rules/ledger.ts';
import { merchantRules } from './rules/merchants.ts';
import { refundRules } from './rules/refunds.ts';
import { topUpRules } from './rules/top-ups.ts';
import { viewOf } from './view.ts';

export const payment = defineDomain({
  name: 'payment',
  factsOf,
  rules: [
    ...ledgerRules,
    ...chargeRules,
    ...topUpRules,
    ...bookRules,
    ...cardGatewayRules,
    ...deliveryRules,
    ...merchantRules,
    ...refundRules,
    ...disputeRules,
  ],
  notJudged: [
    {
      id: 'payment 15',
      because:
        'what was sent to the queue, started from it and given up is seen at the queue alone: the specs of the intake do it',
    },
    {
      id: 'payment 16',
      because: 'which messages of a batch come back is seen at the queue alone: the specs of the intake do it',
    },
  ],
  view: viewOf,
  byItself: isByGateway,
  // An event is sent until it is accepted, each time with its own id as the key.
  repeatable: ['webhook-received'],
});
