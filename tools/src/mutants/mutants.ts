/** A defect that somebody could make, and the specs that have to see it. */
export interface Mutant {
  /** What is wrong then. */
  readonly defect: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly find: string;
  readonly replace: string;
  readonly seenBy: { readonly price: 'spec' | 'int'; readonly file: string };
}

const booking = 'apps/booking-worker/src/workflows';
const payment = 'apps/payment-worker/src/workflows';
const kit = 'libs/workflow-kit/src';
const clients = 'libs/service-clients/src';
const gateway = 'apps/gateway/src';

const int = (file: string) => ({ price: 'int', file }) as const;
const spec = (file: string) => ({ price: 'spec', file }) as const;

export const mutants: readonly Mutant[] = [
  {
    defect: 'a step of a ride has no undo',
    file: `${booking}/book-ride.workflow.ts`,
    find: 'undos.add(refundFare);',
    replace: '',
    seenBy: int(`${booking}/book-ride.int.spec.ts`),
  },
  {
    defect: 'undos run forward',
    file: `${kit}/undos.ts`,
    find: '[...this.#undos].reverse()',
    replace: '[...this.#undos]',
    seenBy: int(`${booking}/book-ride.int.spec.ts`),
  },
  {
    defect: 'an undo that failed is left out',
    file: `${kit}/undos.ts`,
    find: 'await this.#run.orPark(undo)',
    replace: 'await undo().catch(() => undefined)',
    seenBy: int(`${booking}/book-ride.parked.int.spec.ts`),
  },
  {
    defect: 'undos of what a killed worker may have done are left out',
    file: `${kit}/undos.ts`,
    find: 'if (this.#run.fastPath) undos',
    replace: 'if (!this.#run.fastPath) undos',
    seenBy: int(`${booking}/book-ride.cancel.int.spec.ts`),
  },
  {
    defect: 'a key is another one at each attempt',
    file: 'libs/worker-kit/src/call-context.ts',
    find: '    key,\n',
    replace: '    key: `${key}/${Context.current().info.attempt}`,\n',
    seenBy: int(`${booking}/book-ride.matrix.int.spec.ts`),
  },
  {
    defect: 'a run under way takes another step than its history tells',
    file: `${booking}/book-ride.workflow.ts`,
    find: 'if (lapsesTooSoon(hold.expiresAt, Date.now())) {',
    replace: 'if (lapsesTooSoon(hold.expiresAt, Date.now()) || hold.seat !== "") {',
    seenBy: spec(`${booking}/replay.spec.ts`),
  },
  {
    defect: 'a lapsing hold is not renewed',
    file: `${booking}/book-ride.rules.ts`,
    find: 'nowMs < confirmMarginMs;',
    replace: 'nowMs < -confirmMarginMs;',
    seenBy: spec(`${booking}/book-ride.rules.spec.ts`),
  },
  {
    defect: 'half of the fare goes back until an hour before departure',
    file: `${booking}/cancel-booking.rules.ts`,
    find: 'atLeastHoursBefore: 2,',
    replace: 'atLeastHoursBefore: 1,',
    seenBy: spec(`${booking}/cancel-booking.rules.spec.ts`),
  },
  {
    defect: 'the share that goes back is of the moment at which it is worked out',
    file: `${booking}/cancel-booking.workflow.ts`,
    find: 'workflowInfo().startTime.getTime()',
    replace: 'workflowInfo().startTime.getTime() * 0 + Date.now()',
    seenBy: int(`${booking}/cancel-booking.int.spec.ts`),
  },
  {
    defect: 'a booking of an earlier run is taken back',
    file: `${booking}/earlier-run.ts`,
    find: 'if (ownOrNone && !unread) return undefined;',
    replace: 'if (!unread) return undefined;',
    seenBy: int(`${booking}/book-ride.again.int.spec.ts`),
  },
  {
    defect: 'a refusal at the manifest costs nobody the booking',
    file: `${booking}/book-ride.workflow.ts`,
    find: "if (listed?.status === 'refused') return",
    replace: "if (listed?.status === 'refused' && seat === '') return",
    seenBy: int(`${booking}/book-ride.int.spec.ts`),
  },
  {
    defect: 'a cancel is accepted after the decision',
    file: `${kit}/run.ts`,
    find: 'if (this.#decided === undefined) return undefined;',
    replace: 'if (this.#decided !== undefined || whatToDoInstead !== "") return undefined;',
    seenBy: int(`${booking}/book-ride.cancel.int.spec.ts`),
  },
  {
    defect: 'a run ends before its messages are answered',
    file: `${kit}/implement.ts`,
    find: 'if (!allHandlersFinished()) await',
    replace: 'if (allHandlersFinished()) await',
    seenBy: int(`${kit}/implement.int.spec.ts`),
  },
  {
    defect: 'bad input fails the workflow task instead of the run',
    file: `${kit}/accepted.ts`,
    find: 'throw ApplicationFailure.create({',
    replace: 'throw Object.assign(new Error(), {',
    seenBy: int(`${booking}/door.int.spec.ts`),
  },
  {
    defect: 'a run is taken under any id',
    file: `${kit}/implement.ts`,
    find: 'if (workflowId === expected) return;',
    replace: 'if (expected !== "") return;',
    seenBy: int(`${booking}/book-ride.again.int.spec.ts`),
  },
  {
    defect: 'an unsafe step is tried again without a look',
    file: `${kit}/steps.ts`,
    find: "(policy.kind === 'unsafe' && { maximumAttempts: 1 })",
    replace: '{}',
    seenBy: int(`${payment}/process-payment.matrix.int.spec.ts`),
  },
  {
    defect: 'the pause that a service asks for is not made',
    file: `${kit}/steps.ts`,
    find: 'if (waitMs > 0) await sleep(waitMs);',
    replace: '',
    seenBy: int(`${booking}/book-ride.int.spec.ts`),
  },
  {
    defect: 'local attempts do not share the time of their task',
    file: `${kit}/local-attempts.interceptor.ts`,
    find: '{ ...input, originalScheduleTime: msToTs(taskStartedAtMs()) }',
    replace: '(taskStartedAtMs(), msToTs(0), input)',
    seenBy: int(`${booking}/book-ride.slow-steps.int.spec.ts`),
  },
  {
    defect: 'a parked run is not to be found by operators',
    file: `${kit}/attention.ts`,
    find: '{ key: attentionCode, value: code },',
    replace: '',
    seenBy: int(`${booking}/book-ride.parked.int.spec.ts`),
  },
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
    find: 'const mayBeLate = mayBeCharged &&',
    replace: 'const mayBeLate = !mayBeCharged &&',
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
    defect: 'any signature of Paystack will do',
    file: `${clients}/paystack-signature.ts`,
    find: "return timingSafeEqual(signature, Buffer.from(signatureHeader, 'hex'));",
    replace: "return timingSafeEqual(signature, signature) && Buffer.from(signatureHeader, 'hex').length > 0;",
    seenBy: spec(`${gateway}/webhooks/paystack.spec.ts`),
  },
  {
    defect: 'a foreign run is shown',
    file: `${gateway}/access/run-access.ts`,
    find: 'run.memo?.owner === ownerDigest(caller.sub)',
    replace: 'run.memo?.owner !== ownerDigest("")',
    seenBy: spec(`${gateway}/access.spec.ts`),
  },
  {
    defect: 'a caller starts a run for anybody',
    file: `${gateway}/access/owner.ts`,
    find: 'if (anybody || named === caller.sub) return named;',
    replace: 'if (anybody || named !== "") return named;',
    seenBy: spec(`${gateway}/access.spec.ts`),
  },
  {
    defect: 'a token of another audience is taken',
    file: `${gateway}/access/authenticate.ts`,
    find: '        audience,\n',
    replace: '',
    seenBy: spec(`${gateway}/access.spec.ts`),
  },
  {
    defect: 'an expired token is taken for an hour',
    file: `${gateway}/access/authenticate.ts`,
    find: 'const clockToleranceSeconds = 5;',
    replace: 'const clockToleranceSeconds = 3_600;',
    seenBy: spec(`${gateway}/access.spec.ts`),
  },
  {
    defect: 'a start joins whatever run has its id',
    file: 'libs/client/src/start.ts',
    find: 'existing.memo?.inputDigest === memo.inputDigest',
    replace: 'existing.memo !== undefined',
    seenBy: int('libs/client/src/start.int.spec.ts'),
  },
  {
    defect: 'a start with an update joins whatever run has its id',
    file: 'libs/client/src/start.ts',
    find: "return updateId && `${updateId}-${inputDigest([type, memo.inputDigest, memo.owner ?? ''])}`;",
    replace: "return updateId && `${updateId}${[type, memo.owner].slice(2).join('')}`;",
    seenBy: int('libs/client/src/handle.int.spec.ts'),
  },
  {
    defect: 'a 503 is a refusal',
    file: `${clients}/service-error.ts`,
    find: 'status === 429 || status >= 500',
    replace: 'status === 429 || status >= 504',
    seenBy: spec(`${clients}/service-error.spec.ts`),
  },
  {
    defect: 'a code of any length becomes a label',
    file: `${clients}/service-error.ts`,
    find: 'codeForm.test(given) ? given',
    replace: 'codeForm.test(given) || given !== "" ? given',
    seenBy: spec(`${clients}/service-error.spec.ts`),
  },
  {
    defect: 'a merchant reaches into our network',
    file: `${clients}/outbound-address.ts`,
    find: 'if (!ips.every(isPublic))',
    replace: 'if (!ips.some(isPublic))',
    seenBy: spec(`${clients}/outbound-address.spec.ts`),
  },
  {
    defect: 'a minor unit of yen has two decimals',
    file: 'libs/contracts/src/money.ts',
    find: 'JPY: 0,',
    replace: 'JPY: 2,',
    seenBy: spec('libs/contracts/src/money.spec.ts'),
  },
  {
    defect: 'a worker that lost its server stays ready',
    file: 'libs/worker-kit/src/readiness.ts',
    find: 'return `Temporal does not answer (${(error as Error).message})`;',
    replace: 'return error === undefined ? `` : undefined;',
    seenBy: spec('libs/worker-kit/src/readiness.spec.ts'),
  },
  {
    defect: 'messages of a FIFO queue overtake one that comes back',
    file: 'apps/payment-intake/src/take-batch.ts',
    find: 'const blocked = inOrder && back.size > 0;',
    replace: 'const blocked = inOrder && back.size > 1_000;',
    seenBy: spec('apps/payment-intake/src/handle-batch.spec.ts'),
  },
  {
    defect: 'a message that failed is done with',
    file: 'apps/payment-intake/src/take-batch.ts',
    find: "(await take(message)).outcome === 'again'",
    replace: '(await take(message)).outcome === undefined',
    seenBy: spec('apps/payment-intake/src/handle-batch.spec.ts'),
  },
];
