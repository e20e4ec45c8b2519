import { spec, type Mutant } from '../mutant.ts';

const gateway = 'apps/gateway/src';

export const gatewayMutants: readonly Mutant[] = [
  {
    defect: 'an operator calls themselves what they like',
    file: `${gateway}/routes/message.ts`,
    find: 'signed ? { by: caller.sub } : {}',
    replace: 'signed && (body as { by?: string }).by === undefined ? { by: caller.sub } : {}',
    seenBy: spec(`${gateway}/access.spec.ts`),
  },
  {
    defect: "somebody else's run is told from a missing one by a clock",
    file: `${gateway}/gateway.ts`,
    find: 'inStep(() =>',
    replace: '((look: () => Promise<unknown>) => look())(() =>',
    seenBy: spec(`${gateway}/access.spec.ts`),
  },
  {
    defect: 'a webhook that the payment service will never take comes again for three days',
    file: `${gateway}/webhooks/paystack.ts`,
    find: 'if (!refused) throw error;',
    replace: 'throw error;',
    seenBy: spec(`${gateway}/webhooks/paystack-in-time.spec.ts`),
  },
  {
    defect: 'a start waits for a silent Temporal',
    file: `${gateway}/routes/start.ts`,
    find: 'const startWaitMs = 3_000;',
    replace: 'const startWaitMs = 5_000;',
    seenBy: spec(`${gateway}/starts.spec.ts`),
  },
  {
    defect: 'a question to a worker waits for a silent Temporal',
    file: 'libs/client/src/answers.ts',
    find: 'const patienceMs = 2_000;',
    replace: 'const patienceMs = 20_000;',
    seenBy: spec('libs/client/src/answers.spec.ts'),
  },
  {
    defect: 'a slow worker is taken for a silent Temporal',
    file: 'libs/client/src/answers.ts',
    find: 'if (!(cause instanceof Unavailable)) return;',
    replace: '',
    seenBy: spec('libs/client/src/answers.spec.ts'),
  },
];
