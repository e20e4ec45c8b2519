import { setTimeout as sleep } from 'node:timers/promises';
import {
  BookRide,
  bookingId,
  BookRideOutcome,
  CancelBooking,
  CancelBookingOutcome,
  rideKeyOf,
} from '@longhaul/contracts';
import { recordWait } from '@longhaul/testing/deep';
import { Refused, type HouseApi, type StartedRun } from '@longhaul/testing/processes';
import type { z } from 'zod';
import type { BookingCase } from './generate.ts';

const usualEndMs = 15_000;
const endsWithinMs = 10 * usualEndMs;
const runFinished = 409;
const settled = { action: 'settled', by: 'u-operator', note: 'refunded at the counter' } as const;

/** Acts as the caller of this case, and throws if the outcome is not allowed. */
export async function runCase(
  { kind, ride: request, ends, then, changeOfMindMs }: BookingCase,
  api: HouseApi,
): Promise<void> {
  const ride = await api.quoted(request, 'RWF');
  const book = () => api.start(BookRide, ride, ride.user);
  const [run, again] = await Promise.all([book(), ...(then === 'sends-twice' ? [book()] : [])]);
  if (again && again.runId !== run.runId) throw new Error(`A repeated start gave a second run [${run.workflowId}]`);
  if (then === 'cancels-under-way') {
    await sleep(changeOfMindMs);
    await unlessFinished(api.cancel(run, 'changed their mind'));
  }
  const outcome = await endOf(run, BookRideOutcome, api);
  if (!ends.includes(outcome.status)) {
    throw new Error(
      `A booking of the kind "${kind}" has a wrong outcome [${ride.requestId}]: ${JSON.stringify(outcome)}`,
    );
  }
  if (then === 'cancels-afterwards') {
    const cancellation = await api.start(CancelBooking, { bookingId: bookingId.of(rideKeyOf(ride)) }, ride.user);
    const { status } = await endOf(cancellation, CancelBookingOutcome, api);
    if (status !== 'cancelled') throw new Error(`A confirmed booking was not cancelled [${ride.requestId}]: ${status}`);
  }
}

/** Ignores that the run has finished: it may have ended before, or by this message if the first answer was lost. */
async function unlessFinished(message: Promise<unknown>): Promise<void> {
  try {
    await message;
  } catch (error) {
    if (!(error instanceof Refused && error.status === runFinished)) throw error;
  }
}

/** Waits for the outcome. If the run parks, an operator settles the step by hand. */
async function endOf<Outcome extends z.ZodType>(
  run: StartedRun,
  outcome: Outcome,
  api: HouseApi,
): Promise<z.output<Outcome>> {
  const askedAt = Date.now();
  for (;;) {
    const status = await api.status(run);
    if (status.state === 'parked') {
      await unlessFinished(api.resolve(run, settled));
      continue;
    }
    const result = await api.result(run, outcome);
    if (result !== undefined) {
      recordWait('the end of a run in the chaos', Date.now() - askedAt, usualEndMs);
      return result;
    }
    if (Date.now() > askedAt + endsWithinMs)
      throw new Error(`The run has not ended in time [${run.workflowId}]: ${JSON.stringify(status)}`);
  }
}
