import { setTimeout as pause } from 'node:timers/promises';
import {
  answerTo,
  BookRide,
  idempotencyKey,
  type BookRideInput,
  type CancelAnswer,
  type CancelRequest,
  type ResolveAnswer,
  type ResolveRequest,
} from '@longhaul/contracts';
import { House, runModes, statusOf } from '@longhaul/testing';
import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';
import { history, mayEndAs, type RideHistory, type Told } from '../ride-model.fixture.ts';

/** Without one, the same rides are taken everywhere. On a failure fast-check prints it with the path to the ride. */
const seed = Number(process.env.LONGHAUL_SEED ?? 20_261_121);

describe.each(runModes)('whatever is said to a ride, and whenever (%s)', (mode) => {
  let house: House;
  beforeAll(async () => {
    house = await House.open(await bookingWorkers(), { mode });
  });
  afterAll(() => house.close());

  it('it ends as its callers were told, and every invariant holds', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(history, async (history) => {
        const { outcome, told, misled } = await live(history);
        expect(mayEndAs(history, told)).toContain(outcome.status);
        expect(misled).toEqual([]);
        await house.judge();
      }),
      { seed, numRuns: 25, endOnFailure: true, interruptAfterTimeLimit: 60_000 },
    );
  });

  async function live(history: RideHistory) {
    const { fault, messages, who, operator } = history;
    const attempts = fault?.kind === 'refusal' ? {} : { attempts: { to: 1 } };
    house.sandbox.faults.set({
      seed,
      rules: fault ? [{ key: `/${fault.step}$`, kind: fault.kind, ...attempts }] : [],
    });
    const ride = await aRide(house, overridesOf(who));
    const run = house.client.workflow.getHandle(BookRide.id.of(ride));
    const told: Promise<Told>[] = [];
    const misled: Promise<string[]>[] = [];
    for (const { phase, step } of messages) {
      const said = messages.filter((message) => message.phase === phase && message.step === step);
      house.atCall(phase, idempotencyKey(run.workflowId, step), () => {
        for (const { says } of said) {
          if (says === 'cancel update') told.push(cancel(run));
          else misled.push(say(says, ride, run, fault?.kind === 'refusal'));
        }
      });
    }
    const started = await house.start(BookRide, ride, { fastPath: history.fastPath });
    await seeThrough(run, operator);
    const outcome = await started.result();
    return { outcome, told: await Promise.all(told), misled: (await Promise.all(misled)).flat() };
  }

  /** Waits for the end; should the ride be parked, an operator helps it on. */
  async function seeThrough(run: WorkflowHandle, operator: ResolveRequest['action']): Promise<void> {
    for (;;) {
      const { status, typedSearchAttributes } = await run.describe();
      if (status.name !== 'RUNNING') return;
      if (typedSearchAttributes.getAll().some(({ key, value }) => key.name === 'LonghaulAttention' && value)) {
        house.sandbox.faults.clear();
        await resolve(run, operator).catch(goneIsFine);
      }
      await pause(50);
    }
  }

  /**
   * Says something that may not change the outcome. The answer: what was wrong with the reply. A message can come behind
   * local attempts, so a ride with a refused step may be parked by the time that it hears it.
   */
  async function say(says: string, ride: BookRideInput, run: WorkflowHandle, mayPark: boolean): Promise<string[]> {
    if (says === 'start again') {
      const refusal: unknown = await house.start(BookRide, ride).catch((error: unknown) => error);
      return /already started/i.test(String(refusal)) ? [] : [`a second start was told: ${String(refusal)}`];
    }
    if (says === 'cancel signal') await run.signal('cancel', { reason: 'by signal' }).catch(goneIsFine);
    if (says === 'resolve') {
      const answer = await resolve(run, 'retry').catch(goneIsFine);
      return answer?.resolved && !mayPark ? ['a resolve was accepted although nothing was parked'] : [];
    }
    // Without a cache the SDK may lose a query that comes while it makes room.
    if (says === 'status' && mode === 'cached') {
      const { state } = await statusOf(run);
      return state === 'parked' && !mayPark ? ['it said it was parked, and nothing was refused'] : [];
    }
    return [];
  }
});

function overridesOf(who: string): Partial<BookRideInput> {
  const named: Record<string, Partial<BookRideInput>> = {
    declined: { user: 'u-declined' },
    'too-late': { user: 'u-late-quote' },
    'sold-out': { bus: 'b-full' },
    refused: { bus: 'b-closed' },
  };
  return named[who] ?? {};
}

async function cancel(run: WorkflowHandle): Promise<Told> {
  const request = { args: [{ reason: 'changed my mind' }] as [CancelRequest] };
  const answer = await answerTo(run.executeUpdate<CancelAnswer, [CancelRequest]>('cancel', request)).catch(goneIsFine);
  return answer?.answer ?? 'gone';
}

function resolve(run: WorkflowHandle, action: ResolveRequest['action']): Promise<ResolveAnswer> {
  const request: ResolveRequest = { action, by: 'Grace', note: 'seen to it' };
  return answerTo(run.executeUpdate<ResolveAnswer, [ResolveRequest]>('resolve', { args: [request] }));
}

function goneIsFine(error: unknown): undefined {
  if (error instanceof WorkflowNotFoundError) return undefined;
  throw error;
}
