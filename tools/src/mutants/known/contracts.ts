import { int, spec, type Mutant } from '../mutant.ts';

const contracts = 'libs/contracts/src';
const clients = 'libs/service-clients/src';
const values = { file: `${contracts}/values.ts`, seenBy: spec(`${contracts}/values.spec.ts`) };
const booking = 'apps/booking-worker/src/workflows';

/** What is taken at a door that should not be, or refused that should be taken. */
export const contractMutants: readonly Mutant[] = [
  { ...values, defect: 'a note of any length stays in every history', find: '    .max(longest)\n', replace: '' },
  {
    ...values,
    defect: 'a correlation id of any length becomes a header',
    find: '\\x7e]{1,128}$/',
    replace: '\\x7e]+$/',
  },
  {
    ...values,
    defect: 'a moment of 60 KB is carried from step to step',
    find: ".max(40, { error: 'must have at most 40 letters', abort: true })",
    replace: '',
  },
  {
    ...values,
    defect: 'a departure in the year 10000 is taken',
    find: 'ms >= 0 && ms < end',
    replace: 'ms >= 0',
  },
  { ...values, defect: 'a NUL is taken for a letter', find: '\\u0000-\\u001f', replace: '\\u0001-\\u001f' },
  {
    ...values,
    defect: 'half a letter is taken for one',
    find: '!/\\p{Cs}/u.test(text)',
    replace: '!/\\p{Cs}/u.test("")',
  },
  {
    defect: 'a refusal names every bad field there is',
    file: `${contracts}/issues.ts`,
    find: '      .slice(0, mostIssues)\n',
    replace: '',
    seenBy: spec(`${contracts}/issues.spec.ts`),
  },
  {
    defect: 'a memo of 20 KB goes along with every step',
    file: `${contracts}/memo.ts`,
    find: 'return [name, read.data];',
    replace: 'return [name, read.data ?? (memo as Record<string, unknown>)[name]];',
    seenBy: spec(`${contracts}/memo.spec.ts`),
  },
  {
    defect: 'a top-up may be paid for as long as its caller says',
    file: `${contracts}/payment/top-up-wallet.ts`,
    find: '.max(tenMinutes)',
    replace: '',
    seenBy: spec(`${contracts}/payment/ids.spec.ts`),
  },
  {
    defect: 'a field that a contract grows refuses every start that is sent again',
    file: 'libs/client/src/digest.ts',
    find: 'return isDefault(schema, given) ? []',
    replace: 'return isDefault(schema, given) && name === "" ? []',
    seenBy: spec('libs/client/src/digest.spec.ts'),
  },
  {
    defect: 'a run that decided nothing keeps its id',
    file: 'libs/client/src/start.ts',
    find: 'if (!anew && (await',
    replace: 'if (anew && (await',
    seenBy: int('libs/client/src/handle.int.spec.ts'),
  },
  {
    defect: 'whoever cancels a booking before there is one keeps others from it',
    file: `${contracts}/booking.ts`,
    find: "startsAnewAfter: ['not-found'],",
    replace: '',
    seenBy: int(`${booking}/book-ride.again.int.spec.ts`),
  },
  {
    defect: 'a text of any length in an answer of a service is taken',
    file: `${clients}/values.ts`,
    find: '  .max(500)\n',
    replace: '',
    seenBy: spec(`${clients}/values.spec.ts`),
  },
  {
    defect: 'what a service says to people is carried at any length',
    file: `${clients}/service-error.ts`,
    find: 'const short = said.length > longestDetail ?',
    replace: 'const short = said.length > longestDetail * 1_000 ?',
    seenBy: spec(`${clients}/service-error.spec.ts`),
  },
  {
    defect: 'a workflow of any name makes a series of metrics',
    file: 'libs/worker-kit/src/known-types.ts',
    find: 'known.has(type)',
    replace: 'known.size > 0',
    seenBy: spec('libs/worker-kit/src/known-types.spec.ts'),
  },
];
