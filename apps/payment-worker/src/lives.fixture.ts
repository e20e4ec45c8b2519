import type { FaultRule } from '@longhaul/testing';
import fc from 'fast-check';

/** Moments are steps of the clock. A top-up's ten minutes are 30 of them, and what comes later is late. */
export const stepMs = 20_000;
const deadlineStep = 30;
export const lastStep = 40;

/** What becomes of the gateway's word, by a tag in the top-up's id, which is in its reference. */
const webhooks = ['once', 'twice', 'late', 'forged', 'lost'] as const;

export type Life =
  | {
      readonly kind: 'top-up';
      readonly webhook: (typeof webhooks)[number];
      readonly paidAt: number | null;
      readonly cancelledAt: number | null;
    }
  | {
      readonly kind: 'payment';
      readonly user: string;
      readonly merchant: string;
      readonly cancelled: boolean;
      readonly startedAt: number;
      /** Asked for together, in parts of a tenth each. */
      readonly refunds: readonly number[];
    };

const moment = fc.integer({ min: 1, max: lastStep - 4 });

/** Nobody would ever hear of money that came late with its webhook lost: Paystack itself sends one until it is taken. */
const topUps: fc.Arbitrary<Life> = fc
  .record({
    kind: fc.constant('top-up' as const),
    webhook: fc.constantFrom(...webhooks),
    paidAt: fc.option(fc.oneof(moment, fc.constantFrom(deadlineStep - 1, deadlineStep, deadlineStep + 1)), { freq: 4 }),
    cancelledAt: fc.option(moment, { freq: 1 }),
  })
  .map((life) => {
    const heardOfInTime =
      life.paidAt !== null && life.paidAt < Math.min(deadlineStep - 2, life.cancelledAt ?? lastStep);
    return life.webhook === 'lost' && !heardOfInTime ? { ...life, webhook: 'twice' as const } : life;
  });

const payments: fc.Arbitrary<Life> = fc.record({
  kind: fc.constant('payment' as const),
  user: fc.constantFrom('u-ada', 'u-ada', 'u-declined', 'u-broke', 'u-pending'),
  merchant: fc.constantFrom('m-shop', 'm-flaky', 'm-busy', 'm-none'),
  cancelled: fc.boolean(),
  startedAt: moment,
  refunds: fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 3 }),
});

export const livesOf = (seed: number, count: number): Life[] =>
  fc.sample(fc.oneof({ weight: 3, arbitrary: topUps }, { weight: 1, arbitrary: payments }), { seed, numRuns: count });

/** Webhooks as the lives want them, and calls that are done and not answered, or not done, as when a process dies in them. */
export const rules: FaultRule[] = [
  ...webhooks
    .filter((webhook) => webhook !== 'once')
    .map((webhook) => ({
      route: 'WEBHOOK charge.success',
      key: `-${webhook}-`,
      kind: `webhook-${webhook}` as const,
      delayMs: 2 * stepMs,
    })),
  ...(['lost-answer', 'error-after-commit', 'error-before-commit'] as const).map((kind) => ({
    kind,
    rate: 0.05,
    attempts: { to: 2 },
  })),
];
