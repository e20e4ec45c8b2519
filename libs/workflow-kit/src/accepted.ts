import type { Checked } from '@longhaul/contracts/workflow';
import { ApplicationFailure } from '@temporalio/workflow';

/** Bad input fails the run (or the message) at once, naming every bad field; a plain error would be retried for ever. */
export function accepted<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  const fields = checked.issues.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join('; ');
  throw ApplicationFailure.create({
    type: 'InvalidInput',
    message: `The input is not what the contract asks for [${fields}]`,
    nonRetryable: true,
    details: [checked.issues],
  });
}
