import { z } from 'zod';
import { defineWorkflow, idWithPrefix, Queue } from '../contract.ts';
import { resolveMessage, ResolveRequest } from '../messages.ts';
import { Actor, BusinessKey, Label, Moment } from '../values.ts';
import { Policy } from './policy.ts';

export const Priority = z.enum(['LOW', 'MEDIUM', 'HIGH', 'URGENT']);
export type Priority = z.infer<typeof Priority>;

/** SHA-256 of what the deciders are shown. */
const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, { error: 'must be 64 hexadecimal digits, as SHA-256 has them' })
  .describe('SHA-256 of what the deciders are shown');

const like = (description: string, example: unknown) => ({ description, examples: [example] });

export const ApprovalInput = z.object({
  requestId: BusinessKey.meta(like('Your id of the request: it is decided once', 'tyres-for-b-12')),
  initiator: BusinessKey.meta(like('Who asks, as the token names them. They must not decide', 'u-ada')),
  module: BusinessKey.meta(like('The application that asks', 'workshop')),
  entityType: BusinessKey.meta(like('The kind of thing to decide on', 'purchase-order')),
  entityId: BusinessKey.meta(like('The id of that thing', 'po-4711')),
  priority: Priority.meta(like('Chooses the policy, if there is none', 'HIGH')),
  title: Label.meta(like('What is to be decided, in a line', 'Four tyres for bus b-12')),
  fields: z
    .array(z.object({ label: Label.describe('What it is'), value: Label.describe('What it says') }))
    .max(30)
    .meta(like('What the deciders are shown', [{ label: 'Price', value: '1 200 EUR' }])),
  digest: Digest.meta({ examples: ['3f'.repeat(32)] }),
  policy: Policy.optional().meta(
    like('Who decides. Left out: the manager, with a deadline by the priority', {
      stages: [
        {
          name: 'workshop',
          who: [{ kind: 'role', role: 'workshop-lead' }],
          quorum: 1,
          oneRejectionEnds: true,
          ladder: [
            { does: 'remind', afterSeconds: 86_400 },
            { does: 'reject', afterSeconds: 172_800 },
          ],
        },
      ],
    }),
  ),
});
export type ApprovalInput = z.infer<typeof ApprovalInput>;

/** One person's decision, or that of the ladder (`system`). */
export const Decision = z.object({
  stage: z.string().describe('The name of the stage'),
  by: z.string().describe('Who decided; "system" if nobody did in time'),
  insteadOf: z.string().nullable().describe('For whom, by delegation or absence; null for themselves'),
  vote: z.enum(['approve', 'reject']).describe('What was decided'),
  reason: z.string().nullable().describe('Why'),
  at: Moment.describe('When'),
});
export type Decision = z.infer<typeof Decision>;

const decisions = z.array(Decision).describe('All decisions, in their order');

export const ApprovalOutcome = z.discriminatedUnion('status', [
  z.object({ status: z.literal('approved'), decisions }),
  z.object({
    status: z.literal('rejected'),
    stage: z.string().describe('The name of the stage'),
    by: z.string(),
    reason: z.string(),
    decisions,
  }),
  z.object({ status: z.literal('withdrawn'), reason: z.string(), decisions }),
  z.object({ status: z.literal('failed'), step: z.string(), code: z.string(), decisions }),
  /** An operator ended it. */
  z.object({ status: z.literal('settled-by-hand'), by: z.string(), note: z.string() }),
]);
export type ApprovalOutcome = z.infer<typeof ApprovalOutcome>;

export const RefusalCode = z.enum([
  'not-an-approver',
  'own-request',
  'decided-already',
  'delegated-away',
  'replaced',
  'other-digest',
  'quorum-lost',
  'over',
]);
export type RefusalCode = z.infer<typeof RefusalCode>;

const Taken = z.object({ answer: z.literal('taken'), detail: z.string() });
/** The same person said the same before: it counts once. */
const TakenBefore = z.object({ answer: z.literal('taken-before'), detail: z.string() });
const Refused = z.object({ answer: z.literal('refused'), code: RefusalCode, detail: z.string() });

export const DecisionAnswer = z.discriminatedUnion('answer', [Taken, TakenBefore, Refused]);
export type DecisionAnswer = z.infer<typeof DecisionAnswer>;

const answered = { answer: DecisionAnswer, atTheDoor: z.discriminatedUnion('answer', [TakenBefore, Refused]) };
const shown = { digest: Digest.optional() };

export const ApproveRequest = z.object({
  by: Actor,
  comment: Label.optional().meta(like('A word on it', 'We need them')),
  ...shown,
});
export const RejectRequest = z.object({ by: Actor, reason: Label, ...shown });
export const DelegateRequest = z.object({
  by: Actor,
  to: BusinessKey.meta(like('Who decides instead', 'u-ben')),
  reason: Label,
});
export const WithdrawRequest = z.object({ by: Actor, reason: Label });

export const Approval = defineWorkflow({
  type: 'approval',
  queue: Queue.approval,
  id: idWithPrefix<ApprovalInput>('approval-', ({ requestId }) => requestId),
  input: ApprovalInput,
  outcome: ApprovalOutcome,
  updates: {
    approve: { input: ApproveRequest, ...answered },
    reject: { input: RejectRequest, ...answered },
    delegate: { input: DelegateRequest, ...answered },
    withdraw: { input: WithdrawRequest, ...answered },
    resolve: resolveMessage,
  },
  signals: { resolve: ResolveRequest },
  steps: { planStage: {}, recordEntry: {}, tellPerson: {}, readRecord: {} },
  once: 'A request has one run, for as long as the namespace keeps closed runs; the audit service keeps what was decided for good.',
  http: {
    start: '/api/v1/approvals',
    runs: '/api/v1/approvals',
    owner: { field: 'initiator' },
    anyOwnerScope: 'approvals:any',
    ownerMessages: ['withdraw'],
    participantMessages: ['approve', 'reject', 'delegate'],
    keyField: 'requestId',
    whenFinished: 'It is decided; the result says how.',
    summary: 'Ask people to approve something: in stages, each with a quorum, reminders and an escalation',
  },
});
