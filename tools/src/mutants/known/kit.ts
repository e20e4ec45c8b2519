import { int, spec, type Mutant } from '../mutant.ts';

const booking = 'apps/booking-worker/src/workflows';
const payment = 'apps/payment-worker/src/workflows';
const kit = 'libs/workflow-kit/src';

export const kitMutants: readonly Mutant[] = [
  {
    defect: 'undos run forward',
    file: `${kit}/undos.ts`,
    find: 'undos.reverse()',
    replace: 'undos',
    seenBy: int(`${kit}/undos.int.spec.ts`),
  },
  {
    defect: 'an undo that failed is left out',
    file: `${kit}/undos.ts`,
    find: 'await this.#run.orPark(undo)',
    replace: 'await undo().catch(() => undefined)',
    seenBy: int(`${kit}/park.int.spec.ts`),
  },
  {
    defect: 'undos of what a killed worker may have done are left out',
    file: `${kit}/undos.ts`,
    find: 'stoppedEarly && this.#run.fastPath',
    replace: 'stoppedEarly && !this.#run.fastPath',
    seenBy: int(`${kit}/undos.int.spec.ts`),
  },
  {
    defect: 'a key is another one at each attempt',
    file: 'libs/worker-kit/src/call-context.ts',
    find: '    key,\n',
    replace: '    key: `${key}/${Context.current().info.attempt}`,\n',
    seenBy: int(`${booking}/book-ride.matrix.int.spec.ts`),
  },
  {
    defect: 'a cancel is accepted after the decision',
    file: `${kit}/run.ts`,
    find: 'if (this.#decided === undefined) return undefined;',
    replace: 'if (this.#decided !== undefined || whatToDoInstead !== "") return undefined;',
    seenBy: int(`${kit}/cancel-late.int.spec.ts`),
  },
  {
    defect: 'a run ends before its messages are answered',
    file: `${kit}/implement.ts`,
    find: 'if (!allHandlersFinished()) await',
    replace: 'if (allHandlersFinished()) await',
    seenBy: int(`${kit}/messages.int.spec.ts`),
  },
  {
    defect: 'bad input fails the workflow task instead of the run',
    file: `${kit}/accepted.ts`,
    find: 'throw ApplicationFailure.create({',
    replace: 'throw Object.assign(new Error(), {',
    seenBy: int(`${kit}/door.int.spec.ts`),
  },
  {
    defect: 'a run is taken under any id',
    file: `${kit}/implement.ts`,
    find: 'if (workflowId === expected) return;',
    replace: 'if (expected !== "") return;',
    seenBy: int(`${kit}/door.int.spec.ts`),
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
    seenBy: int(`${kit}/steps.int.spec.ts`),
  },
  {
    defect: 'local attempts do not share the time of their task',
    file: `${kit}/local-attempts.interceptor.ts`,
    find: '{ ...input, originalScheduleTime: msToTs(taskStartedAtMs()) }',
    replace: '(taskStartedAtMs(), msToTs(0), input)',
    seenBy: int(`${kit}/local-attempts.int.spec.ts`),
  },
  {
    defect: 'a parked run is not to be found by operators',
    file: `${kit}/attention.ts`,
    find: '{ key: attentionCode, value: code },',
    replace: '',
    seenBy: int(`${kit}/park.int.spec.ts`),
  },
  {
    defect: 'a worker that lost its server stays ready',
    file: 'libs/worker-kit/src/readiness.ts',
    find: 'return `Temporal does not answer (${(error as Error).message})`;',
    replace: 'return error === undefined ? `` : undefined;',
    seenBy: spec('libs/worker-kit/src/readiness.spec.ts'),
  },
];
