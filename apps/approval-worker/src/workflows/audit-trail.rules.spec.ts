import type { ApprovalOutcome } from '@longhaul/contracts';
import { expect, it } from 'vitest';
import { decidedBefore, endingEntry } from './audit-trail.rules.ts';

const at = '2027-01-04T08:00:00.000Z';
const decision = { stage: 'first', by: 'u-boss', insteadOf: 'u-1', vote: 'approve', reason: 'fine', at } as const;
const entry = { kind: 'approve', actor: 'u-boss', stage: 'first', about: 'u-1', reason: 'fine', at } as const;

it.each<Exclude<ApprovalOutcome, { status: 'settled-by-hand' }>>([
  { status: 'approved', decisions: [decision] },
  { status: 'rejected', stage: 'first', by: 'system', reason: 'nobody decided in time', decisions: [decision] },
  { status: 'withdrawn', reason: 'not needed', decisions: [decision] },
  { status: 'failed', step: 'planStage', code: 'nobody-to-decide', decisions: [decision] },
])('the record is enough to tell the outcome again: $status', (outcome) => {
  const record = { recordId: 'r', madeBy: 'run-1', entries: [entry, endingEntry(outcome, at)] };
  expect(decidedBefore(record)).toEqual(outcome);
});

it('a record without an ending decided nothing', () => {
  expect(decidedBefore({ recordId: 'r', madeBy: 'run-1', entries: [entry] })).toBeUndefined();
  expect(decidedBefore(undefined)).toBeUndefined();
});
