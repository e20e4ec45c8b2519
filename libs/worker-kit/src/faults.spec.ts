import { ServiceError, type Verdict } from '@longhaul/service-clients';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { failureOf } from './faults.ts';

const serviceError = (verdict: Verdict, retryAfterMs?: number) =>
  new ServiceError('The seats service answered 503', {
    service: 'seats',
    route: 'POST /holds',
    verdict,
    code: 'seats-closed',
    retryAfterMs,
  });

describe("a step's error as a Temporal failure", () => {
  it.each([
    ['retry', false],
    ['refusal', true],
    ['fault', true],
  ] as const)('of the verdict %s: nonRetryable is %s, and the type is its code', (verdict, nonRetryable) => {
    const error = serviceError(verdict);
    const failure = failureOf(error, false);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({
      type: 'seats-closed',
      nonRetryable,
      message: 'The seats service answered 503',
      cause: error,
      nextRetryDelay: undefined,
    });
  });

  it('has the wait that the service asked for, also for the workflow', () => {
    expect(failureOf(serviceError('retry', 7_000), false)).toMatchObject({
      nextRetryDelay: 7_000,
      details: [{ retryAfterMs: 7_000 }],
    });
  });

  it.each([0, 1, 999])(
    'keeps its own pauses if the service asks for %i ms, because for Temporal 0 means never',
    (askedMs) => {
      const failure = failureOf(serviceError('retry', askedMs), false);
      expect(failure).toMatchObject({ nonRetryable: false, nextRetryDelay: undefined, details: undefined });
    },
  );

  it('is a cancellation if the step was cancelled, whatever the error of its call', () => {
    expect(failureOf(serviceError('retry'), true)).toBeInstanceOf(CancelledFailure);
    expect(failureOf(new Error('aborted'), true)).toBeInstanceOf(CancelledFailure);
  });

  it('is not changed if it is already a Temporal failure', () => {
    const failure = ApplicationFailure.nonRetryable('no', 'no');
    expect(failureOf(failure, false)).toBe(failure);
    expect(failureOf(failure, true)).toBe(failure);
  });

  it('is not changed if it is a bug: Temporal retries, and it is logged', () => {
    const mistake = new TypeError('x is not a function');
    expect(failureOf(mistake, false)).toBe(mistake);
  });
});
