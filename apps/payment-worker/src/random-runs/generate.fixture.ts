import fc from 'fast-check';

/** Fixed, so that the cases are always the same; only their interleaving differs. LONGHAUL_SEED gives other cases. */
export const seed = Number(process.env.LONGHAUL_SEED ?? 20_261_121);

/**
 * When something is done to a run: at a point in the time to pay, in thousandths, or while a call of the run is held, so that
 * the run receives it before it continues.
 */
export type When = { readonly part: number } | { readonly phase: 'before' | 'after'; readonly step: string };

const one = <const T>(...of: readonly T[]) => fc.constantFrom(...of);
/** Leaves the value out in one of `freq` cases. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq: number) => fc.option(arbitrary, { nil: undefined, freq });
const weighed = <T>(...weights: readonly (readonly [number, fc.Arbitrary<T>])[]) =>
  fc.oneof(...weights.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const part = (min: number, max: number): fc.Arbitrary<When> => fc.record({ part: fc.integer({ min, max }) });
const atCall = (...steps: readonly string[]): fc.Arbitrary<When> =>
  fc.record({ phase: one('before', 'after'), step: one(...steps) });
const cancel = (when: fc.Arbitrary<When>) => maybe(fc.record({ by: one('update', 'signal'), when }), 2);

/** How the gateway's webhook for a charge arrives. */
const word = one('prompt', 'prompt', 'twice', 'late', 'forged', 'lost');

const topUp = fc.record({
  what: one('top-up'),
  word,
  fastPath: fc.boolean(),
  pays: maybe(
    fc.record({
      when: weighed([6, part(50, 900)], [3, part(900, 1_100)], [2, part(1_100, 1_600)], [2, atCall('closeTopUp')]),
      amount: one('right', 'right', 'right', 'wrong'),
    }),
    3,
  ),
  cancels: cancel(weighed([4, part(0, 1_300)], [1, atCall('openCheckout/1', 'creditWallet', 'closeTopUp')])),
  /** The first answer of an operator, if the run parks. */
  operator: one('retry', 'settled'),
});

const payment = fc.record({
  what: one('payment'),
  word,
  fastPath: fc.boolean(),
  card: one('good', 'good', 'good', 'declined', 'broke', 'pending', 'unheard', 'unfit'),
  merchant: weighed([5, one('m-shop')], [2, one('m-flaky')], [1, one('m-down')]),
  cancels: cancel(weighed([3, part(0, 300)], [1, atCall('openPayment', 'chargeCard', 'completePayment')])),
  /** Refunds that are requested concurrently after the completion, in thousandths of the paid amount; 0 is the whole rest. */
  refunds: weighed<readonly number[]>(
    [2, fc.constant([])],
    [1, fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 4 })],
  ),
});

type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;
type GeneratedTopUp = Generated<typeof topUp>;
type GeneratedPayment = Generated<typeof payment>;
export type TopUpCase = GeneratedTopUp & { readonly id: string; readonly payWithinMs: number };
export type PaymentCase = GeneratedPayment & { readonly id: string };
export type RandomCase = TopUpCase | PaymentCase;

const payWithinMs = 3_000;
const payWithinMsUnheard = 10_000;

/**
 * Generates cases, the same for the same seed. The fault plan decides by their ids which faults they have. Cancelled payments
 * come first, because they wait for charges that may still take effect, and the others run in that time.
 */
export function randomCases(count: number): readonly RandomCase[] {
  const either = weighed<GeneratedTopUp | GeneratedPayment>([3, topUp], [1, payment]);
  const cases = fc.sample(either, { seed, numRuns: count }).map((raw, number): RandomCase => {
    const rest = `${seed.toString(36)}-${number}`;
    if (raw.what === 'payment') return { ...raw, id: `${raw.word}-${raw.card}-${rest}` };
    const heard = raw.word === 'lost' ? foundWithoutAWord(raw) : { ...raw, payWithinMs };
    return { ...heard, id: `${heard.word}-${rest}` };
  });
  const patient = (each: RandomCase) => (each.what === 'payment' && each.cancels ? 0 : 1);
  return cases.toSorted((a, b) => patient(a) - patient(b));
}

/** A webhook may only be lost if the run looks without it: at its deadline, or if it is cancelled after the payment. */
function foundWithoutAWord(raw: GeneratedTopUp): GeneratedTopUp & { readonly payWithinMs: number } {
  const pays = raw.pays && { ...raw.pays, when: { part: 0 } };
  return { ...raw, pays, cancels: undefined, payWithinMs: payWithinMsUnheard };
}
