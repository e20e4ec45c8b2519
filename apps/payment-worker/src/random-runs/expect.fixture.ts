import type { SandboxEvidence } from '@longhaul/checker';
import type { RefundPaymentOutcome } from '@longhaul/contracts';
import { evidenceOfRun, type KillableHouse } from '@longhaul/testing';
import { record } from '@longhaul/testing/deep';
import { aPayment } from '../payment.fixture.ts';
import type { PaymentCase, TopUpCase } from './generate.fixture.ts';
import type { CaseRun } from './run.fixture.ts';

/** Compares the end of each case, and where its money is, with its allowed ends. */
export async function compareEnds(house: KillableHouse, caseRuns: readonly CaseRun[], aDayBehind: boolean) {
  const runs = new Map(house.started.map((run) => [run.workflowId, run]));
  const outcomeOf = async (workflowId: string): Promise<unknown> =>
    (await evidenceOfRun(runs.get(workflowId)!)).outcome;
  const moneyOf = moneyIn(await house.sandbox.evidence());
  const flaws: string[] = [];
  const ends: Record<string, number> = {};
  for (const own of caseRuns) {
    const outcome = (await outcomeOf(own.workflowId)) as { status: string } | undefined;
    const end = `${outcome?.status}: ${moneyOf(own.reference)}`;
    ends[end] = (ends[end] ?? 0) + 1;
    const may: readonly string[] = mayEndAs(own, aDayBehind);
    const known = JSON.stringify({ ...own, outcome });
    if (!may.includes(end)) flaws.push(`It ended [${end}] and may end [${may.join(', ')}]: ${known}`);
    const refunds = await Promise.all(own.refunds.map(({ workflowId }) => outcomeOf(workflowId)));
    if (wronglyRefused(own, refunds as RefundPaymentOutcome[])) flaws.push(`A refund was refused: ${known}`);
  }
  for (const [end, count] of Object.entries(ends)) record({ fact: 'end', end, count });
  return { flaws, ends };
}

/** Where the money of a case is in the end. `kept`: still at the gateway, without a payment or credit in our records. */
type Whereabouts = 'nobody paid' | 'in the wallet' | "the merchant's" | 'gone back' | 'kept';

/** How the run of a case ended, and where its money is. */
type End = `${string}: ${Whereabouts}`;

/** A caller waits for a page for at most a minute; if three workers in a row are killed, there is none by then. */
const withoutPage: End = 'failed: nobody paid';

/** Finds where the money of a charge is. */
function moneyIn(evidence: SandboxEvidence): (reference: string | undefined) => Whereabouts {
  const charges = new Map(evidence.gatewayTransactions.map((each) => [each.reference, each]));
  const credits = evidence.journal.flatMap((each) => (each.effect === 'wallet-credited' ? [each.reference] : []));
  const completed = evidence.payments.filter(({ state }) => state === 'completed').map(({ reference }) => reference);
  const [credited, merchants] = [new Set<unknown>(credits), new Set<unknown>(completed)];
  return (reference) => {
    const charge = charges.get(reference ?? '');
    if (charge?.status !== 'success' && charge?.status !== 'reversed') return 'nobody paid';
    if (credited.has(reference)) return 'in the wallet';
    if (merchants.has(reference)) return "the merchant's";
    const processed = charge.refunds.filter(({ status }) => status === 'processed');
    const back = processed.reduce((sum, { money }) => sum + money.amount, 0);
    return back === charge.money.amount ? 'gone back' : 'kept';
  };
}

/** If the services' clocks are a day behind, whatever is late counts as more than a day late. */
function mayEndAs({ generated, paid, told, reference }: CaseRun, aDayBehind: boolean): readonly End[] {
  const topUp = (of: TopUpCase) => (reference === undefined ? [withoutPage] : topUpEnds(of, paid === true, aDayBehind));
  const undisturbed = generated.what === 'top-up' ? topUp(generated) : paymentEnds(generated);
  const cancelled: readonly End[] = paid
    ? ['cancelled: gone back']
    : ['cancelled: nobody paid', ...(generated.what === 'payment' ? (['cancelled: gone back'] as const) : [])];
  if (told === 'accepted') return cancelled;
  return told === 'signalled' ? [...undisturbed, ...cancelled] : undisturbed;
}

/** Whether a payment was in time is decided by the run; the money must then be where that outcome says. */
function topUpEnds({ pays }: TopUpCase, paid: boolean, aDayBehind: boolean): readonly End[] {
  if (!pays || !paid) return ['expired: nobody paid'];
  const right = pays.amount === 'right';
  const late: End = right && !aDayBehind ? 'expired: in the wallet' : 'expired: gone back';
  if ('step' in pays.when) return [late];
  return [right ? 'credited: in the wallet' : 'settled-by-hand: kept', late];
}

function paymentEnds({ card }: PaymentCase): readonly End[] {
  if (card === 'declined' || card === 'broke') return ['declined: nobody paid'];
  return card === 'unfit' ? ['failed: gone back'] : ["completed: the merchant's"];
}

/** A refund may only be refused if it would exceed the paid amount. The checker checks the sum of the others. */
function wronglyRefused({ refunds }: CaseRun, outcomes: readonly RefundPaymentOutcome[]): boolean {
  const given = outcomes.reduce((sum, each) => sum + (each.status === 'refunded' ? each.refunded.amount : 0), 0);
  const left = aPayment().money.amount - given;
  return outcomes.some(({ status }, index) => {
    const { wanted } = refunds[index]!;
    return status !== 'refunded' && (wanted > 0 ? wanted <= left : left > 0);
  });
}
