import type { Money } from '../../evidence.ts';
import { unlike } from '../accounts.ts';
import type { Charge } from '../charges.ts';
import type { RunEvidence } from '../evidence.ts';
import type { Facts } from '../facts.ts';
import type { Payment, Refund } from '../payments.ts';
import { rowsOf, type Row } from '../rows.ts';
import type { Invariant } from '../rule.ts';
import { leftToPeople } from '../run-state.ts';
import { outcomeOfTopUp } from '../top-ups.ts';
import { inWords, repeated, same, sum } from '../values.ts';

export const refundRules: readonly Invariant[] = [
  {
    id: 'payment 17',
    says: 'The parts that went back add up to one sum: in the record, in the journal, at the gateway, and as runs tell it.',
    find: (facts) => [
      ...[...facts.payments.values()].flatMap((payment) => wrongSums(facts, payment)),
      ...givingBack(facts).flatMap((given) => wrongReturn(facts, given)),
    ],
  },
  {
    id: 'payment 18',
    says: 'At rest nothing is pending but what is reserved for refunds that a person has to see to, or saw to.',
    find: ({ payments, sandbox }) => {
      const reserved = [...payments.values()].flatMap(({ refunds }) =>
        refunds.flatMap(({ record, excused }) => (excused && record?.state === 'reserved' ? [record.money] : [])),
      );
      return unlike(sandbox.ledger, 'refunds:pending', reserved);
    },
  },
  {
    id: 'payment 20',
    says: 'No refund is made twice at the card gateway, whatever answers were lost.',
    find: (facts) =>
      // Nothing tells refunds without a note apart: our own have one.
      repeated(rowsOf(facts, 'card-refunded'), ({ reference, note }) => note && `${reference} [${note}]`).map(
        ([what, rows]) => `${what} was refunded ${rows.length} times`,
      ),
  },
];

function wrongSums(facts: Facts, { paymentId, record, charges, refunds }: Payment): string[] {
  const settled = rowsOf(facts, 'refund-settled').filter((row) => row.paymentId === paymentId && isProcessed(row));
  const told = refunds.flatMap((refund) => wrongOutcome(settled, paymentId, refund));
  if (record?.state !== 'completed') return told;
  const atGateway = charges
    .flatMap(({ transaction }) => transaction.refunds)
    .filter((each) => each.status === 'processed');
  const sums = {
    record: total(record.refunds.filter(isProcessed)),
    journal: total(settled),
    gateway: total(atGateway),
  };
  const gatewayMayDiffer = refunds.some(({ excused }) => excused);
  return sums.record === sums.journal && (gatewayMayDiffer || sums.record === sums.gateway)
    ? told
    : [
        ...told,
        `payment ${paymentId} gave back ${sums.record}, by the journal ${sums.journal}, at the gateway ${sums.gateway}`,
      ];
}

/** What a refund's run says, against what was settled. */
function wrongOutcome(
  settled: readonly Row<'refund-settled'>[],
  paymentId: string,
  { refundId, outcome, excused }: Refund,
): string[] {
  if (!outcome || excused) return [];
  const own = settled.filter((row) => row.refundId === refundId).map(({ money }) => money);
  const wanted = outcome.status === 'refunded' ? [outcome.refunded] : [];
  return same(own, wanted)
    ? []
    : [`refund ${refundId} of ${paymentId} ended [${outcome.status}], settled: ${words(own)}`];
}

interface GivingBack {
  readonly run: RunEvidence | undefined;
  readonly refunded: Money | null | undefined;
  readonly charges: readonly Charge[];
}

/** The runs that give back by themselves what they have no use for. */
function givingBack({ payments, topUps, charges }: Facts): GivingBack[] {
  return [
    ...[...payments.values(), ...topUps.values()].map(({ run, outcome, charges: own }) => ({
      ...{ run, charges: own },
      refunded: outcome?.refunded,
    })),
    ...[...charges.values()].map((charge) => ({
      ...{ run: charge.late, charges: [charge] },
      refunded: outcomeOfTopUp(charge.late)?.refunded,
    })),
  ];
}

function wrongReturn({ effectsByKey }: Facts, { run, refunded, charges }: GivingBack): string[] {
  if (!run || !refunded || leftToPeople(run)) return [];
  const made = (effectsByKey.get(`${run.workflowId}/sendRefund`) ?? []).flatMap((row) =>
    row.effect === 'card-refunded' ? [row.gatewayRefundId] : [],
  );
  const own = charges
    .flatMap(({ transaction }) => transaction.refunds)
    .filter(({ id, status }) => status === 'processed' && made.includes(id))
    .map(({ money }) => money);
  return same(own, [refunded])
    ? []
    : [`${run.workflowId} says that ${inWords(refunded)} went back, it was ${words(own)}`];
}

const isProcessed = ({ state }: { readonly state: string }) => state === 'processed';

const total = (rows: readonly { readonly money: Money }[]) => sum(rows.map(({ money }) => money.amount));

const words = (amounts: readonly Money[]) => (amounts.length > 0 ? amounts.map(inWords).join(', ') : 'nothing');
