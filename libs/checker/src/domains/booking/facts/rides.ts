import { bookingId, bookRideId } from '@longhaul/contracts';
import { z } from 'zod';
import { excusedSteps, hasEnded } from '../../../everywhere/run-state.ts';
import type { RunEvidence } from '../../../evidence.ts';
import type { WorkflowWords } from '../../../expectations.ts';
import type { JournalEntry } from '../../../sandbox-evidence.ts';
import { Money } from '../../../values.ts';

const RideInput = z.object({
  user: z.string(),
  bus: z.string(),
  departureAt: z.string(),
  quoteId: z.string(),
  fare: Money,
});

const RideOutcome = z.object({
  status: z.string(),
  notice: z.string().optional(),
  bookingId: z.string().optional(),
  reference: z.string().optional(),
  seat: z.string().optional(),
  chargeId: z.string().optional(),
  step: z.string().optional(),
  givenBack: z.object({ refund: Money.nullable() }).optional(),
});

const CancellationOutcome = z.object({
  status: z.string(),
  reason: z.string().optional(),
  refund: Money.nullable().optional(),
  refundPercent: z.number().optional(),
  notice: z.string().optional(),
});

/** Everything about one booking: its run, the run that cancelled it later, and what the services recorded. */
export interface Ride {
  readonly run: RunEvidence;
  readonly input: z.infer<typeof RideInput>;
  /** Undefined while the run goes on, and if it ended without an outcome. */
  readonly outcome: z.infer<typeof RideOutcome> | undefined;
  readonly bookingId: string;
  readonly holdId: string;
  readonly chargeId: string;
  readonly cancellation: { run: RunEvidence; outcome: z.infer<typeof CancellationOutcome> | undefined } | undefined;
  readonly journal: readonly JournalEntry[];
  readonly ended: boolean;
  /** Confirmed and not cancelled since. Undefined while one of its runs goes on. */
  readonly stands: boolean | undefined;
  /** Steps that a person did or still has to do. Their missing effects are not violations. */
  readonly excused: ReadonlySet<string>;
}

export function ridesIn(
  runs: readonly RunEvidence[],
  journal: readonly JournalEntry[],
  contracts: readonly WorkflowWords[],
): Ride[] {
  const about = rowsByThing(journal);
  const cancellations = new Map(
    runs.flatMap((run) => (run.type === 'cancelBooking' ? [[bookingOf(run.input), run] as const] : [])),
  );
  return runs.flatMap((run) => {
    const input = RideInput.safeParse(run.input);
    if (run.type !== 'bookRide' || !input.success) return [];
    const cancelledBy = cancellations.get(bookingId.of(keyOf(run)));
    const excused = new Set([run, cancelledBy].flatMap((each) => excusedSteps(each, contracts)));
    return [rideOf(run, input.data, cancelledBy, about, excused)];
  });
}

function rideOf(
  run: RunEvidence,
  input: z.infer<typeof RideInput>,
  cancelledBy: RunEvidence | undefined,
  about: ReadonlyMap<string, readonly JournalEntry[]>,
  excused: ReadonlySet<string>,
): Ride {
  const key = keyOf(run);
  const ids = { bookingId: bookingId.of(key), holdId: `hold-${key}`, chargeId: `charge-${key}` };
  const outcome = RideOutcome.safeParse(run.outcome).data;
  const cancellation = cancelledBy && {
    run: cancelledBy,
    outcome: CancellationOutcome.safeParse(cancelledBy.outcome).data,
  };
  const confirmed = outcome?.status === 'confirmed';
  const atWork = !hasEnded(run) || (confirmed && cancellation !== undefined && !hasEnded(cancellation.run));
  return {
    run,
    input,
    outcome,
    ...ids,
    cancellation,
    journal: Object.values(ids)
      .flatMap((id) => about.get(id) ?? [])
      .toSorted((a, b) => a.seq - b.seq),
    ended: hasEnded(run),
    stands: atWork ? undefined : confirmed && cancellation?.outcome?.status !== 'cancelled',
    excused,
  };
}

/** The part that all ids of one request share: `u-ada.r1` of `booking-u-ada.r1`. */
function keyOf({ workflowId }: RunEvidence): string {
  return bookRideId.parse(workflowId) ?? workflowId;
}

function rowsByThing(journal: readonly JournalEntry[]): Map<string, JournalEntry[]> {
  const about = new Map<string, JournalEntry[]>();
  for (const entry of journal) {
    const id = thingOf(entry);
    if (id === undefined) continue;
    const rows = about.get(id);
    if (rows) rows.push(entry);
    else about.set(id, [entry]);
  }
  return about;
}

/** The id of what an effect changed: a hold, a charge or a booking. A passenger on the manifest has the id of the booking. */
export function thingOf(entry: JournalEntry): string | undefined {
  if (entry.effect === 'notice-sent') return undefined;
  if ('bookingId' in entry) return entry.bookingId;
  if ('holdId' in entry) return entry.holdId;
  return 'chargeId' in entry ? entry.chargeId : undefined;
}

function bookingOf(input: unknown): string | undefined {
  return z.object({ bookingId: z.string() }).safeParse(input).data?.bookingId;
}
