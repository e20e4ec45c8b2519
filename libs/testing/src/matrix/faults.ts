import { inOtherModes } from '../run-modes.ts';
import type { FaultRule, WhenRefused } from './scenario.ts';

export interface Disturbance {
  readonly rule: Pick<FaultRule, 'kind' | 'attempts' | 'delayMs' | 'retryAfterSeconds' | 'code'>;
  /** The step cannot succeed with it. */
  readonly final?: true;
}

/** Twice, so that with the fast path both the local and the regular attempt fail. */
const twice = { attempts: { to: 2 } };

/** The disturbances of a call, by name. The delay is longer than the time-out of service clients in specs. */
export const disturbances: Readonly<Record<string, Disturbance>> = {
  'error before commit': { rule: { kind: 'error-before-commit', ...twice } },
  'error after commit': { rule: { kind: 'error-after-commit', ...twice } },
  'lost answer': { rule: { kind: 'lost-answer', ...twice } },
  timeout: { rule: { kind: 'delay', delayMs: 1_200, attempts: { to: 1 } } },
  '429 with Retry-After': { rule: { kind: 'too-many-requests', retryAfterSeconds: 3, ...twice } },
  refusal: { rule: { kind: 'refusal', code: 'never-heard-of' }, final: true },
};

/** Disturbances in a row look alike to a run: nothing was done; it was done, and the answer is missing; it is done late. */
const alike = [
  ['error before commit', '429 with Retry-After'],
  ['lost answer', 'error after commit'],
  ['timeout'],
  ['refusal'],
] as const;

/**
 * The disturbances of the step at this place in its scenario. The gate takes one of those that look alike, in turn, and the deep
 * run takes all.
 */
export function disturbancesAt(place: number): readonly string[] {
  if (inOtherModes) return Object.keys(disturbances);
  return alike.map((names) => names[place % names.length]!);
}

/** The status with which the run must end. */
export function expectedEnd(disturbance: Disturbance, whenRefused: WhenRefused, ends: string): string {
  return disturbance.final && whenRefused.startsWith('fails') ? 'failed' : ends;
}
