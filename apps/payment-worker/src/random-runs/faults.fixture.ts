import type { FaultPlanInput } from '@longhaul/sandbox';
import { seed } from './generate.fixture.ts';

type Rules = FaultPlanInput['rules'];

/** So late that some webhooks miss the deadline. */
export const lateMs = 1_200;

const told = { route: 'WEBHOOK charge.success', attempts: { to: 1 } } as const;

/** Excludes recording the gateway's webhooks: the gateway would repeat them only after three minutes. */
const key = '^(?!paystack/)';

/**
 * Faults for cases by their ids, and for any call: about one in fifteen. Left out are faults that take a minute or more: a
 * refund with an unknown result, and a merchant who fails again and again.
 */
export function faults(): FaultPlanInput {
  return {
    seed,
    rules: [
      { ...told, key: '^(top-up|payment)-twice-', kind: 'webhook-twice' },
      { ...told, key: '^(top-up|payment)-late-', kind: 'webhook-late', delayMs: lateMs },
      { ...told, key: '^(top-up|payment)-forged-', kind: 'webhook-forged' },
      { ...told, key: '^(top-up|payment)-lost-', kind: 'webhook-lost' },
      { key: '-unheard-.*/chargeCard$', kind: 'lost-answer', attempts: { to: 1 } },
      { key: '-unfit-.*/completePayment$', kind: 'refusal' },
      { key, service: 'payment', kind: 'error-before-commit', rate: 0.03 },
      ...(['payment', 'paystack', 'invoice', 'notification'] as const).flatMap((service): Rules => [
        { key, service, kind: 'lost-answer', rate: 0.03 },
        { key, service, kind: 'error-after-commit', rate: 0.02 },
      ]),
    ],
  };
}
