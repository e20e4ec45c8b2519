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
    says: 'A reference is credited at most once: to the user who paid it, with what was paid, and if a run says so.',
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
        ...creditingRuns(facts).flatMap((run) => brokenWord(credits, run)),
      ];
    },
  },
  {
    id: 'payment 8',
    says: 'Money that came for a top-up that is closed is credited late if its time was just over, or goes back in full.',
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
    // One that the gateway does not know is found by payment 9.
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

/** What a run says of a credit, against what the wallets say. */
function brokenWord(credits: readonly Credit[], run: RunEvidence): string[] {
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

/** Late is what comes after an expiry; after any other end, nothing comes. */
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
