import { int, spec, type Mutant } from '../mutant.ts';

const clients = 'libs/service-clients/src';
const gateway = 'apps/gateway/src';

export const borderMutants: readonly Mutant[] = [
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
