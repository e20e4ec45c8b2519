import type { FaultRule, WhenRefused } from './scenario.ts';

export interface Disturbance {
  readonly rule: Pick<FaultRule, 'kind' | 'attempts' | 'delayMs' | 'retryAfterSeconds' | 'code'>;
  /** The step cannot come about while it lasts. */
  readonly final?: true;
}

/** Twice: the fast path meets it on its local attempt, and again on its regular one. */
const twice = { attempts: { to: 2 } };

/** What can happen to a call, by name. The delay is longer than a spec's service client waits. */
export const disturbances: Readonly<Record<string, Disturbance>> = {
  'error before commit': { rule: { kind: 'error-before-commit', ...twice } },
  'error after commit': { rule: { kind: 'error-after-commit', ...twice } },
  'lost answer': { rule: { kind: 'lost-answer', ...twice } },
  timeout: { rule: { kind: 'delay', delayMs: 1_200, attempts: { to: 1 } } },
  '429 with Retry-After': { rule: { kind: 'too-many-requests', retryAfterSeconds: 3, ...twice } },
  refusal: { rule: { kind: 'refusal', code: 'never-heard-of' }, final: true },
};

/** How the run has to end. */
export function expectedEnd(disturbance: Disturbance, whenRefused: WhenRefused, ends: string): string {
  return disturbance.final && whenRefused.startsWith('fails') ? 'failed' : ends;
}
