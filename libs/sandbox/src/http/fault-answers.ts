import type { Fault } from '../faults/fault-plan.ts';
import type { Sent } from './calls.ts';
import type { Outcome } from './operation.ts';
import { problem } from './problem.ts';

/** The answer of a fault after the work. */
export const errorAfterCommit: Outcome = {
  status: 500,
  body: problem(500, 'error-after-commit', 'The fault plan broke the answer; the work was done'),
};

/** The answer of a fault instead of the work. */
export function insteadOfWork(fault: Fault): { answer: Outcome; headers: Record<string, string> } | undefined {
  const refuse = (status: number, code: string, headers = {}) => ({
    answer: { status, body: problem(status, code, 'Put in by the fault plan or a typed value; nothing was done') },
    headers,
  });
  if (fault.kind === 'error-before-commit') return refuse(503, 'unavailable');
  if (fault.kind === 'refusal') return refuse(fault.status, fault.code);
  const comeAgain = { 'retry-after': String(fault.retryAfterSeconds) };
  if (fault.kind === 'too-many-requests') return refuse(429, 'too-many-requests', comeAgain);
  if (fault.kind === 'in-progress') return refuse(409, 'request-in-progress', comeAgain);
  return undefined;
}

/** What is sent to the caller after the work was done. */
export function sentAfterWork(fault: Fault | undefined): (status: number) => Sent {
  const kind = fault?.kind ?? null;
  if (kind === 'lost-answer') return () => ({ status: null, fault: kind });
  if (kind === 'error-after-commit') return () => ({ status: errorAfterCommit.status, fault: kind });
  return (status) => ({ status, fault: kind });
}
