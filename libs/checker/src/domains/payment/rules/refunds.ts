import { leftToPeople } from '../../../everywhere/run-state.ts';
import type { RunEvidence } from '../../../evidence.ts';
import { rowsOf, type Row } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import { groupBy, inWords, repeated, same, sum, type Money } from '../../../values.ts';
import type { Facts } from '../facts.ts';
import { unlike } from '../facts/accounts.ts';
import type { Charge } from '../facts/charges.ts';
import type { Payment, Refund } from '../facts/payments.ts';
import { outcomeOfTopUp } from '../facts/top-ups.ts';

export const refundRules: readonly Invariant<Facts>[] = [
  {
    id: 'payment 17',
    says: 'The refunds of a payment have the same sum in its record, the journal, the gateway and the outcomes of its runs.',
    find: (facts) => [...wrongParts(facts), ...givingBack(facts).flatMap((given) => wrongReturn(facts, given))],
  },
  {
    id: 'payment 18',
    says: 'At rest the only pending amounts are those of refunds that wait for a person or were settled by one.',
    find: ({ payments, sandbox }) => {
      const reserved = [...payments.values()].flatMap(({ refunds }) =>
        refunds.flatMap(({ record, excused }) => (excused && record?.state === 'reserved' ? [record.money] : [])),
      );
      return unlike(sandbox.ledger, 'refunds:pending', reserved);
    },
  },
  {
    id: 'payment 20',
    says: 'No refund is made twice at the card gateway, even if answers were lost.',
    find: (facts) => [
      // Refunds without a note cannot be told apart; ours always have one.
      ...repeated(rowsOf(facts, 'card-refunded'), ({ reference, note }) => note && `${reference} [${note}]`).map(
        ([what, rows]) => `${what} was refunded ${rows.length} times`,
      ),
      ...unaskedRefunds(facts),
    ],
  },
];

/** Compares the card gateway's journal with its table. */
function unaskedRefunds(facts: Facts): string[] {
  const nameOf = (reference: string, id: string, money: Money, note: string | null) =>
    `refund ${id} of ${reference}: ${inWords(money)} [${note}]`;
  const asked = new Set(
    rowsOf(facts, 'card-refunded').map((row) => nameOf(row.reference, row.gatewayRefundId, row.money, row.note)),
  );
  const made = new Set(
    facts.sandbox.gatewayTransactions.flatMap(({ reference, refunds }) =>
      refunds.map(({ id, money, note }) => nameOf(reference, id, money, note)),
    ),
  );
  return [
    ...[...made].filter((refund) => !asked.has(refund)).map((refund) => `${refund} is one that nobody asked for`),
    ...[...asked].filter((refund) => !made.has(refund)).map((refund) => `${refund} is not at the gateway`),
  ];
}

function wrongParts(facts: Facts): string[] {
  const requested = groupBy(rowsOf(facts, 'refund-requested'), ({ paymentId }) => paymentId);
  const settled = groupBy(rowsOf(facts, 'refund-settled').filter(isProcessed), ({ paymentId }) => paymentId);
  return [...facts.payments.values()].flatMap((payment) => {
    const ofPayment = settled.get(payment.paymentId) ?? [];
    return [
      ...payment.refunds.flatMap((refund) => wrongOutcome(ofPayment, payment, refund)),
      ...otherRequests(requested.get(payment.paymentId) ?? [], payment),
      ...wrongSums(ofPayment, payment),
    ];
  });
}

type Settlement = Row<'refund-settled'>;

/** Compares the outcome of a refund's run with the settlement. */
function wrongOutcome(settled: readonly Settlement[], { paymentId }: Payment, refund: Refund): string[] {
  const { refundId, outcome, excused } = refund;
  if (!outcome || excused) return [];
  const own = settled
    .filter((row) => row.refundId === refundId)
    .map(({ money, gatewayRefundId }) => ({ money, gatewayRefundId }));
  const { status, refunded, gatewayRefundId } = outcome;
  return same(own, status === 'refunded' ? [{ money: refunded, gatewayRefundId }] : [])
    ? []
    : [`refund ${refundId} of ${paymentId} ended [${status}], settled: ${words(own.map(({ money }) => money))}`];
}

function otherRequests(requested: readonly Row<'refund-requested'>[], { paymentId, record }: Payment): string[] {
  const nameOf = ({ refundId, money }: { refundId: string; money: Money }) => `${refundId} with ${inWords(money)}`;
  const asked = requested.map(nameOf).toSorted().join(', ');
  const kept = (record?.refunds ?? []).map(nameOf).toSorted().join(', ');
  return asked === kept ? [] : [`payment ${paymentId} has the refunds [${kept}], asked for were [${asked}]`];
}

function wrongSums(settled: readonly Settlement[], { paymentId, record, charges, refunds }: Payment): string[] {
  if (record?.state !== 'completed') return [];
  const atGateway = charges.flatMap(({ transaction }) => transaction.refunds);
  const gave = total(record.refunds.filter(isProcessed));
  const inJournal = total(settled);
  const atTheGateway = total(atGateway.filter(({ status }) => status === 'processed'));
  const gatewayMayDiffer = refunds.some(({ excused }) => excused);
  return gave === inJournal && (gatewayMayDiffer || gave === atTheGateway)
    ? []
    : [`payment ${paymentId} gave back ${gave}, by the journal ${inJournal}, at the gateway ${atTheGateway}`];
}

interface GivingBack {
  readonly run: RunEvidence | undefined;
  readonly refunded: Money | null | undefined;
  readonly charges: readonly Charge[];
}

/** Runs that refund a charge on their own, because it completed nothing. */
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
