import { z } from 'zod';
import type { RunEvidence } from '../evidence.ts';
import type { Facts } from './facts.ts';

const Redelivery = z.object({ merchant: z.string() });

/** A run, and the one who may ask for it. */
interface Owned {
  readonly run: RunEvidence;
  readonly owner: string;
}

export function ownedRuns({ rides, payments, topUps, deliveries }: Facts): Owned[] {
  return [
    ...rides.flatMap(({ run, cancellation, input: { user } }) => [
      { run, owner: user },
      ...(cancellation ? [{ run: cancellation.run, owner: user }] : []),
    ]),
    ...[...payments.values()].flatMap(({ run, input, record, refunds }) => [
      ...of(run, input?.user),
      // What was paid to a merchant is the merchant's to give back.
      ...refunds.flatMap((refund) => of(refund.run, record?.merchant)),
    ]),
    ...[...topUps.values()].flatMap(({ run, input }) => of(run, input?.userId)),
    ...[...deliveries.values()].flatMap(({ redeliveries }) =>
      redeliveries.flatMap((run) => of(run, Redelivery.safeParse(run.input).data?.merchant)),
    ),
  ];
}

function of(run: RunEvidence | undefined, owner: string | undefined): Owned[] {
  return run && owner !== undefined ? [{ run, owner }] : [];
}
