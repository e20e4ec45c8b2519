import { z } from 'zod';
import { hasEnded, leftToPeople } from '../../../everywhere/run-state.ts';
import type { RunEvidence } from '../../../evidence.ts';
import type { SandboxEvidence } from '../../../sandbox-evidence.ts';
import { groupBy, Money } from '../../../values.ts';
import type { TopUpRecord } from '../effects.ts';
import type { Charge } from './charges.ts';

const TopUpInput = z.object({ userId: z.string(), money: Money });

/** The run of a top-up and the run that settles a late charge have the same outcomes. */
const TopUpOutcome = z.object({
  status: z.string(),
  reference: z.string().optional(),
  credited: Money.optional(),
  refunded: Money.nullish(),
});
type TopUpOutcome = z.infer<typeof TopUpOutcome>;

/** Everything about one top-up of a wallet: its run, its record and all its charges, in time or late. */
export interface TopUp {
  readonly topUpId: string;
  /** Undefined for a record without a run. */
  readonly run: RunEvidence | undefined;
  readonly input: z.infer<typeof TopUpInput> | undefined;
  /** Undefined while the run goes on, and if it ended without an outcome. */
  readonly outcome: TopUpOutcome | undefined;
  readonly record: TopUpRecord | undefined;
  readonly charges: readonly Charge[];
  readonly ended: boolean;
  /** The run has not ended, or a person did a part of its work: missing effects are not violations. */
  readonly excused: boolean;
}

/** Top-ups by id: every id with a run or a record. */
export function topUpsIn(
  { topUps }: SandboxEvidence,
  runs: readonly RunEvidence[],
  charges: ReadonlyMap<string, Charge>,
): Map<string, TopUp> {
  const records = new Map(topUps.map((record) => [record.topUpId, record]));
  const running = new Map(
    runs.filter(({ type }) => type === 'topUpWallet').map((run) => [run.workflowId.replace(/^top-up-/, ''), run]),
  );
  const byRun = groupBy([...charges.values()], ({ workflowId }) => workflowId);
  return new Map(
    [...new Set([...running.keys(), ...records.keys()])].map((topUpId) => {
      const run = running.get(topUpId);
      const topUp: TopUp = {
        topUpId,
        run,
        input: TopUpInput.safeParse(run?.input).data,
        outcome: outcomeOfTopUp(run),
        record: records.get(topUpId),
        charges: byRun.get(`top-up-${topUpId}`) ?? [],
        ended: hasEnded(run),
        excused: leftToPeople(run),
      };
      return [topUpId, topUp];
    }),
  );
}

export function outcomeOfTopUp(run: RunEvidence | undefined): TopUpOutcome | undefined {
  return TopUpOutcome.safeParse(run?.outcome).data;
}
