import { chargeReference } from '@longhaul/contracts';
import { leftToPeople } from '../../../everywhere/run-state.ts';
import type { RunEvidence } from '../../../evidence.ts';
import { rowsOf, type Row } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import { inWords, repeated, same } from '../../../values.ts';
import type { Facts } from '../facts.ts';
import { goneBack } from '../facts/charges.ts';
import { outcomeOfTopUp, type TopUp } from '../facts/top-ups.ts';

type Credit = Row<'wallet-credited'>;

export const topUpRules: readonly Invariant<Facts>[] = [
  {
    id: 'payment 7',
    says: 'A charge is credited at most once, to the user who paid it, with the amount paid, and by a run that reports it.',
    find: (facts) => {
      const credits = rowsOf(facts, 'wallet-credited');
      return [
        ...repeated(credits, ({ reference }) => reference).map(
          ([reference, rows]) => `${reference} was credited ${rows.length} times`,
        ),
        ...repeated(credits, ({ topUpId }) => topUpId).map(
          ([topUpId, rows]) => `top-up ${topUpId} was credited ${rows.length} times`,
        ),
        ...credits.flatMap((credit) => wrongCredit(facts, credit)),
        ...creditingRuns(facts).flatMap((run) => wrongReport(credits, run)),
      ];
    },
  },
  {
    id: 'payment 8',
    says: 'Money that arrives after a top-up has ended is credited late if the top-up had expired, or refunded in full.',
    find: (facts) => [...[...facts.topUps.values()].flatMap(keptForNothing), ...wrongTimes(facts)],
  },
];

function wrongCredit({ charges }: Facts, { reference, topUpId, user, money, seq }: Credit): string[] {
  const where = `[journal ${seq}]`;
  const charge = charges.get(reference);
  return [
    ...(chargeReference.runOf(reference) === `top-up-${topUpId}`
      ? []
      : [`${reference} was credited for the top-up ${topUpId} ${where}`]),
    // A charge that the gateway does not know is reported by payment 9.
    ...(charge && charge.transaction.user !== user
      ? [`${reference} was paid by ${charge.transaction.user} and credited to ${user} ${where}`]
      : []),
    ...(charge && !same(charge.taken, money)
      ? [`${reference} took ${inWords(charge.taken)} and credited ${inWords(money)} ${where}`]
      : []),
  ];
}

function creditingRuns({ topUps, charges }: Facts): RunEvidence[] {
  return [
    ...[...topUps.values()].flatMap(({ run }) => run ?? []),
    ...[...charges.values()].flatMap(({ late }) => late ?? []),
  ];
}

/** Compares the credit that a run reports with the wallets. */
function wrongReport(credits: readonly Credit[], run: RunEvidence): string[] {
  const { workflowId } = run;
  const outcome = outcomeOfTopUp(run);
  if (!outcome || leftToPeople(run)) return [];
  const own = credits.filter(({ key }) => key === `${workflowId}/creditWallet`);
  if (outcome.status !== 'credited' && outcome.status !== 'credited-late') {
    return own.map(({ reference }) => `${workflowId} ended [${outcome.status}] and has credited ${reference}`);
  }
  const said = credits.find(({ reference }) => reference === outcome.reference);
  if (!said) return [`${workflowId} says that it credited ${outcome.reference}, and there is no such credit`];
  return same(said.money, outcome.credited)
    ? []
    : [`${workflowId} says that it credited ${inWords(outcome.credited)}, it was ${inWords(said.money)}`];
}

function keptForNothing({ topUpId, charges }: TopUp): string[] {
  return charges.flatMap((charge) => {
    const { reference, taken, credits, excused } = charge;
    const back = goneBack(charge);
    return taken && credits.length === 0 && !excused && back !== taken.amount
      ? [`top-up ${topUpId} is not credited, and of ${inWords(taken)} of ${reference} went back ${back}`]
      : [];
  });
}

/** A credit after the expiry must be marked as late. After any other end there must be no credit. */
function wrongTimes(facts: Facts): string[] {
  const closings = new Map(rowsOf(facts, 'top-up-closed').map((row) => [row.topUpId, row]));
  return rowsOf(facts, 'wallet-credited').flatMap(({ topUpId, late, reference, seq }) => {
    const closing = closings.get(topUpId);
    const closed = closing && closing.seq < seq ? closing.state : undefined;
    if (closed === (late ? 'expired' : undefined)) return [];
    const how = late ? 'late' : 'in time';
    return [`${reference} was credited ${how}, its top-up was [${closed ?? 'waiting'}] [journal ${seq}]`];
  });
}
