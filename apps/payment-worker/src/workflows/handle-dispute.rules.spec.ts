import { hourMs } from '@longhaul/workflow-kit';
import { expect, it } from 'vitest';
import { urgencyOf } from './handle-dispute.rules.ts';

const now = Date.UTC(2026, 10, 25);
const dueIn = (hours: number) => new Date(now + hours * hourMs).toISOString();

it.each([
  ['sixteen hours before its time', dueIn(16), 'dispute-open', 4],
  ['seven hours before, just until it is louder', dueIn(7), 'dispute-open', 1],
  ['six hours before', dueIn(6), 'dispute-due', 4],
  ['when its time is over, once a day', dueIn(-1), 'dispute-due', 24],
  ['without a date, as if it was due', undefined, 'dispute-due', 24],
])('an unanswered dispute is raised %s', (_when, dueAt, code, hours) => {
  expect(urgencyOf(dueAt, now)).toEqual({ code, againInMs: hours * hourMs });
});
