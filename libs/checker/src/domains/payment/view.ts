import { chargeReference, paymentRunId } from '@longhaul/contracts';
import { z } from 'zod';
import type { Deed, Story, View } from '../../everywhere/view.ts';
import type { RunEvidence } from '../../evidence.ts';
import { rowsOf } from '../../rows.ts';
import { groupBy, inWords } from '../../values.ts';
import type { Facts } from './facts.ts';
import { goneBack, type Charge } from './facts/charges.ts';
import { keysOfOthers } from './keys.ts';

export function viewOf(facts: Facts): View {
  const charges = groupBy([...facts.charges.values()], ({ workflowId }) => workflowId);
  return {
    stories: storiesIn(facts),
    deeds,
    owned: ownedIn(facts),
    unfinished: unfinished(facts),
    // Closing also records how the run ended, so it may run without an opening.
    takenAnyway: ['closePayment', 'closeTopUp'],
    undosBy: {
      sendRefund: ({ run }, key, undone) => wrongSendingBack(charges.get(run.workflowId) ?? [], key, undone),
    },
    keys: keysOfOthers(facts),
    heldBack: (result) => HeldBack.safeParse(result).success,
  };
}

/** The refund of a disputed charge is refused by the step itself, without a call. */
const HeldBack = z.object({ status: z.literal('refused'), reason: z.literal('charge-disputed') });

const Redelivery = z.object({ merchant: z.string() });
const Ended = z.object({ status: z.string() });

function storiesIn({ payments, topUps, deliveries }: Facts): Story[] {
  return [
    ...[...payments.values()].flatMap(({ run, outcome, input, record, refunds, excused }) => [
      ...storyOf(run, { outcome, owner: input?.user, excused, keptAs: 'completed' }),
      // Only the merchant may refund a payment.
      ...refunds.flatMap((refund) => storyOf(refund.run, { ...refund, owner: record?.merchant, keptAs: 'refunded' })),
    ]),
    ...[...topUps.values()].flatMap(({ run, outcome, input, excused }) =>
      storyOf(run, { outcome, owner: input?.userId, excused, keptAs: 'credited' }),
    ),
    ...[...deliveries.values()].flatMap(({ redeliveries }) =>
      redeliveries.flatMap((run) => {
        const owner = Redelivery.safeParse(run.input).data?.merchant;
        return storyOf(run, { outcome: Ended.safeParse(run.outcome).data, owner, excused: false, keptAs: 'delivered' });
      }),
    ),
  ];
}

interface Told extends Pick<Story, 'outcome' | 'owner'> {
  readonly excused: boolean;
  readonly keptAs: string;
}

function storyOf(run: RunEvidence | undefined, { outcome, owner, excused, keptAs }: Told): Story[] {
  return run ? [{ run, outcome, owner, kept: outcome?.status === keptAs, excuses: () => excused }] : [];
}

function ownedIn(facts: Facts): View['owned'] {
  const { payments, topUps } = facts;
  const payerOf = (reference: string) => payments.get(paymentRunId.parse(chargeReference.runOf(reference)) ?? '');
  return [
    ...rowsOf(facts, 'payment-opened').map((row) => [row, payments.get(row.paymentId)?.input?.user] as const),
    ...rowsOf(facts, 'card-charged').map((row) => [row, payerOf(row.reference)?.input?.user] as const),
    ...[...rowsOf(facts, 'top-up-opened'), ...rowsOf(facts, 'wallet-credited')].map(
      (row) => [row, topUps.get(row.topUpId)?.input?.userId] as const,
    ),
  ];
}

/** Records of work that has not ended. */
function unfinished({ payments, topUps }: Facts): string[] {
  return [
    ...[...payments.values()].flatMap(({ paymentId, record, excused, refunds }) => [
      ...(record?.state === 'processing' && !excused ? [`payment ${paymentId} is still processing`] : []),
      ...refunds
        .filter((refund) => refund.record?.state === 'reserved' && !refund.excused)
        .map(({ refundId }) => `refund ${refundId} of payment ${paymentId} is still reserved`),
    ]),
    ...[...topUps.values()]
      .filter(({ record, excused }) => record?.state === 'waiting' && !excused)
      .map(({ topUpId }) => `top-up ${topUpId} is still waiting`),
  ];
}

/** The only undos of payments and top-ups are their closing and the refund. */
const deeds: readonly Deed[] = [
  {
    effects: ['payment-opened', 'payment-completed'],
    undos: ['payment-closed'],
    thing: (entry) => ('paymentId' in entry ? `payment ${entry.paymentId}` : undefined),
  },
  {
    effects: ['top-up-opened'],
    undos: ['top-up-closed'],
    thing: (entry) => ('topUpId' in entry ? `top-up ${entry.topUpId}` : undefined),
  },
];

/**
 * Only the card gateway knows whether a charge was taken: a step that began may have been declined, and one that timed out
 * may have reached the gateway.
 */
function wrongSendingBack(charges: readonly Charge[], key: string, undone: boolean): string[] {
  if (undone && !charges.some(({ taken }) => taken)) return [`${key} ran although nothing had been taken`];
  return charges
    .filter((charge) => charge.taken && !charge.excused && goneBack(charge) !== charge.taken.amount)
    .map(
      (charge) =>
        `${key} is missing: ${charge.reference} took ${inWords(charge.taken)} and gave back ${goneBack(charge)}`,
    );
}
