import { int, spec, type Mutant } from '../mutant.ts';

const payment = 'apps/payment-worker/src/workflows';

export const paymentMutants: readonly Mutant[] = [
  {
    defect: 'a payment is complete whatever amount was captured',
    file: `${payment}/process-payment.workflow.ts`,
    find: 'if (!sameMoney(charged.money, money))',
    replace: 'if (!sameMoney(money, money))',
    seenBy: int(`${payment}/process-payment.int.spec.ts`),
  },
  {
    defect: 'money that came between the last look and the closing is kept',
    file: `${payment}/process-payment.workflow.ts`,
    find: 'if (mayBeCharged && !ended && !chargeReturned) await',
    replace: 'if (!mayBeCharged && !ended && !chargeReturned) await',
    seenBy: int(`${payment}/process-payment.int.spec.ts`),
  },
  {
    defect: 'a top-up is credited whatever was paid',
    file: `${payment}/top-up-wallet.workflow.ts`,
    find: 'if (sameMoney(charge.money, money)) return',
    replace: 'if (sameMoney(money, money)) return',
    seenBy: int(`${payment}/top-up-wallet.int.spec.ts`),
  },
  {
    defect: 'a late top-up is credited however late it is',
    file: `${payment}/top-up-wallet.rules.ts`,
    find: '<= creditedLateWithinMs',
    replace: '>= -creditedLateWithinMs',
    seenBy: spec(`${payment}/top-up-wallet.rules.spec.ts`),
  },
  {
    defect: 'a late top-up of another amount is credited',
    file: `${payment}/settle-late-charge.workflow.ts`,
    find: 'sameMoney(charge.money, concern.money) &&',
    replace: '',
    seenBy: int(`${payment}/settle-late-charge.int.spec.ts`),
  },
  {
    defect: 'a refusal is believed although an attempt before may have refunded',
    file: `${payment}/charges.ts`,
    find: "if (sent.status === 'accepted' || !notTheFirst) return sent;",
    replace: "if (sent.status === 'accepted' || !notTheFirst || reference !== '') return sent;",
    seenBy: int(`${payment}/refund-payment.int.spec.ts`),
  },
  {
    defect: 'a delivery ends with its first try',
    file: `${payment}/deliver-webhook.rules.ts`,
    find: '  0,\n  5 * secondMs,',
    replace: '  5 * secondMs,',
    seenBy: spec(`${payment}/deliver-webhook.rules.spec.ts`),
  },
  {
    defect: 'a disputed charge is refunded when the dispute comes after the reservation',
    file: 'apps/payment-worker/src/activities/charges.ts',
    find: 'if (await disputes.isDisputed(refund.reference, context(call))) {',
    replace: 'if ((await disputes.isDisputed(refund.reference, context(call))) && call.key === "") {',
    seenBy: int(`${payment}/handle-dispute.int.spec.ts`),
  },
  {
    defect: 'one merchant takes every place for deliveries',
    file: 'apps/payment-worker/src/activities/places.ts',
    find: 'if (before >= each) return noPlace;',
    replace: 'if (before >= each * 1_000) return noPlace;',
    seenBy: spec('apps/payment-worker/src/activities/places.spec.ts'),
  },
  {
    defect: 'a refund is searched for among all that the account has ever refunded',
    file: 'libs/service-clients/src/paystack.ts',
    find: 'refunds.length < refundsPerPage || endsBefore(fromMs, refunds)',
    replace: 'refunds.length < refundsPerPage',
    seenBy: spec('libs/service-clients/src/paystack.refunds.spec.ts'),
  },
  {
    defect: 'a list of refunds is not asked for by date',
    file: 'libs/service-clients/src/paystack.ts',
    find: 'return fromMs === undefined\n',
    replace: 'return fromMs !== -1\n',
    seenBy: spec('libs/service-clients/src/paystack.refunds.spec.ts'),
  },
  {
    defect: 'a refund that takes a bank days is looked at every minute',
    file: `${payment}/charges.rules.ts`,
    find: ', 6 * hourMs);',
    replace: ', minuteMs);',
    seenBy: spec(`${payment}/charges.rules.spec.ts`),
  },
];
