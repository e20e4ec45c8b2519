import { createHash } from 'node:crypto';
import { type Service, services } from '@longhaul/checker';
import { z } from 'zod';

export const faultKinds = {
  'error-before-commit': 'answers 503, and nothing was done',
  'error-after-commit': 'does the work, then answers 500',
  'lost-answer': 'does the work, then drops the connection without an answer',
  delay: 'waits `delayMs`, then works, even if the caller has gone',
  'too-many-requests': 'answers 429 with `Retry-After: retryAfterSeconds`, and nothing was done',
  'in-progress': 'answers 409 with `Retry-After: retryAfterSeconds`, as if another request with the key were at work',
  refusal: 'answers `status` (422) with `code`, and nothing was done',
} as const;
export type FaultKind = keyof typeof faultKinds;

/** The faults for events of the card gateway, in rules with the route `WEBHOOK <event>`. */
export const webhookFaultKinds = {
  'webhook-lost': 'the event is never sent',
  'webhook-twice': 'the event is sent twice at once',
  'webhook-late': 'the event is sent `delayMs` late',
  'webhook-forged': 'the event is sent with a wrong signature first, then as it should be',
} as const;
export type WebhookFaultKind = keyof typeof webhookFaultKinds;

const Pattern = z.string().superRefine((pattern, context) => {
  try {
    new RegExp(pattern);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `must be a regular expression: ${(error as Error).message}` });
  }
});

/** A field that is left out matches everything. The first matching rule of a plan is used. */
const FaultRule = z.strictObject({
  service: z.enum(services).optional(),
  /** For example `POST /holds/:holdId/release`. */
  route: z.string().optional(),
  /** A regular expression for the call's key, for the path of a call without a key, or for the reference of a webhook. */
  key: Pattern.optional(),
  /** The first and last attempt that fail, counted from 1. Default: all. */
  attempts: z.strictObject({ from: z.int().min(1).optional(), to: z.int().min(1).optional() }).optional(),
  kind: z.enum(
    Object.keys({ ...faultKinds, ...webhookFaultKinds }) as [FaultKind, ...(FaultKind | WebhookFaultKind)[]],
  ),
  /** The share of the matching calls that fail. */
  rate: z.number().min(0).max(1).default(1),
  delayMs: z.int().min(0).max(600_000).default(1_000),
  retryAfterSeconds: z.int().min(0).max(3_600).default(1),
  code: z.string().min(1).default('refused-by-plan'),
  status: z.int().min(400).max(499).default(422),
});
type FaultRule = z.infer<typeof FaultRule>;

export const FaultPlan = z.strictObject({
  seed: z.union([z.string(), z.int()]).transform(String),
  rules: z.array(FaultRule).max(1_000),
});
export type FaultPlan = z.infer<typeof FaultPlan>;
/** A plan in which fields with defaults may be left out. */
export type FaultPlanInput = z.input<typeof FaultPlan>;

export const noFaults: FaultPlan = { seed: '', rules: [] };

/** What happens to a call instead of, before or after its work. */
export type Fault = Pick<FaultRule, 'delayMs' | 'retryAfterSeconds' | 'code' | 'status'> & { readonly kind: FaultKind };

export interface PlannedCall {
  readonly service: Service;
  readonly route: string;
  /** The idempotency key, or the path of a read. */
  readonly countedBy: string;
  readonly attempt: number;
}

/** The fault of a plan for a call. It depends only on the arguments, so it is the same in any process and order. */
export function faultFor(plan: FaultPlan, call: PlannedCall): Fault | undefined {
  const rule = biting(plan, call, faultKinds);
  return rule && { ...rule, kind: rule.kind as FaultKind };
}

/** Like `faultFor`, for an event that the card gateway is about to send. */
export function webhookFaultFor(
  plan: FaultPlan,
  { event, reference, attempt }: { event: string; reference: string; attempt: number },
): { readonly kind: WebhookFaultKind; readonly delayMs: number } | undefined {
  const call: PlannedCall = { service: 'paystack', route: `WEBHOOK ${event}`, countedBy: reference, attempt };
  const rule = biting(plan, call, webhookFaultKinds);
  return rule && { kind: rule.kind as WebhookFaultKind, delayMs: rule.delayMs };
}

function biting(plan: FaultPlan, call: PlannedCall, kinds: Readonly<Record<string, string>>): FaultRule | undefined {
  return plan.rules.find(
    (rule, index) => rule.kind in kinds && matches(rule, call) && chance(plan.seed, index, call) < rule.rate,
  );
}

function matches(rule: FaultRule, call: PlannedCall): boolean {
  const { from = 1, to = Infinity } = rule.attempts ?? {};
  return (
    (rule.service === undefined || rule.service === call.service) &&
    (rule.route === undefined || rule.route === call.route) &&
    (rule.key === undefined || new RegExp(rule.key).test(call.countedBy)) &&
    call.attempt >= from &&
    call.attempt <= to
  );
}

/** At least 0 and below 1. */
function chance(seed: string, rule: number, { service, route, countedBy, attempt }: PlannedCall): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, rule, service, route, countedBy, attempt]))
    .digest();
  return digest.readUInt32BE() / 2 ** 32;
}
