import { runModes, statusOf } from '@longhaul/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import type { Order } from './order.fixture.ts';
import { aDeclinedOrder, anOrder, shopHouse } from './shop-house.fixture.ts';
import { turns } from './shop.fixture.ts';

const receipt = (run: WorkflowHandle, copies: unknown = 2) =>
  run.executeUpdate<{ copies: number }, [unknown]>('receipt', { args: [{ copies }] });
const refusalOf = (update: Promise<unknown>) => update.catch((error: unknown) => error);

describe.each(runModes)("messages of a story's own (%s)", (mode) => {
  const { shop, start, place, runOf } = shopHouse(mode);

  it('are heard from the first moment on', async () => {
    const outcome = await place(anOrder(), { firstSignal: { name: 'gift', input: { what: 'a book' } } });
    expect(outcome).toMatchObject({ status: 'placed', gifts: ['a book'] });
  });

  it('are passed over when they come as signals that cannot be read', async () => {
    const order = anOrder();
    const say = async () => {
      for (const what of [7, 'a pen']) await runOf(order).signal<[unknown]>('gift', { what });
    };
    shop.plan(order, 'charge', turns.before(say));
    expect(await place(order, { fastPath: false })).toMatchObject({ status: 'placed', gifts: ['a pen'] });
  });

  it('are refused by name when they come as updates that cannot be read, or that the contract does not have', async () => {
    const order = anOrder();
    const refusals: unknown[] = [];
    const say = async () => {
      refusals.push(await refusalOf(receipt(runOf(order), 0.5)));
      refusals.push(await refusalOf(runOf(order).executeUpdate('giftWrap')));
    };
    shop.plan(order, 'charge', turns.before(say));
    expect(await place(order, { fastPath: false })).toMatchObject({ status: 'placed' });
    const [unreadable, unknown] = refusals;
    expect(unreadable).toMatchObject({ cause: { type: 'InvalidInput', message: expect.stringContaining('/copies') } });
    expect(String((unknown as Error).cause)).toMatch(/No registered handler|not registered/i);
  });

  it('are answered before a run ends whose story has ended', async () => {
    const order = anOrder();
    let answer: Promise<unknown> | undefined;
    // An update may come before or after a step's end that is told beside it: the story goes on only when it is there.
    const ask = async () => {
      answer = receipt(runOf(order));
      await expect.poll(() => updatesAccepted(runOf(order))).toBe(1);
    };
    shop.plan(order, 'thank', turns.before(ask));
    const run = await start(order);
    await expect.poll(() => statusOf(run), { timeout: 10_000 }).toMatchObject({ state: 'finished' });
    expect((await run.describe()).status.name).toBe('RUNNING');
    await run.signal<[object]>('print', {});
    expect(await answer).toEqual({ copies: 2 });
    expect(await run.result()).toMatchObject({ status: 'placed' });
  });

  async function updatesAccepted(run: WorkflowHandle): Promise<number> {
    const { events } = await run.fetchHistory();
    return (events ?? []).filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length;
  }
});

describe.each(runModes)('the status of a run (%s)', (mode) => {
  const { shop, start, runOf } = shopHouse(mode);

  /** What a run says of itself while it is at these steps, and at its end. */
  async function statusesOf(order: Order, ...steps: readonly ('charge' | 'release' | 'thank')[]) {
    const statuses: unknown[] = [];
    for (const step of steps) {
      const look = turns.before(async () => statuses.push(await statusOf(runOf(order))));
      shop.plan(order, step, look);
    }
    const run = await start(order, { fastPath: false });
    await run.result();
    return [...statuses, await statusOf(run)];
  }
  const at = (step: string) => ({ step, until: expect.stringMatching(/^\d{4}-.*Z$/) });
  const nobody = { cancelRequested: false, attention: null };

  it('tells the steps done and the one under way, and the outcome as soon as it is decided', async () => {
    const done = ['reserve', 'charge'];
    const outcome = { status: 'placed', thanks: 'sent', gifts: [], settledByHand: [] };
    expect(await statusesOf(anOrder(), 'charge', 'thank')).toEqual([
      { ...nobody, state: 'working', stepsDone: ['reserve'], waitingFor: at('charge'), outcome: null },
      { ...nobody, state: 'telling', stepsDone: done, waitingFor: at('thank'), outcome: { status: 'placed' } },
      { ...nobody, state: 'finished', stepsDone: [...done, 'thank'], waitingFor: null, outcome },
    ]);
  });

  it('tells what is taken back', async () => {
    const [undoing] = await statusesOf(aDeclinedOrder(), 'release');
    const stepsDone = ['reserve', 'charge', 'refund'];
    const outcome = { status: 'declined' };
    expect(undoing).toEqual({ ...nobody, state: 'undoing', stepsDone, waitingFor: at('release'), outcome });
  });

  it('tells that a cancel was heard', async () => {
    const order = anOrder();
    const stop = turns.before(() => runOf(order).signal('cancel', {}));
    shop.plan(order, 'reserve', stop);
    const [releasing] = await statusesOf(order, 'release');
    expect(releasing).toMatchObject({ state: 'undoing', cancelRequested: true, outcome: { status: 'cancelled' } });
  });
});

/** By a worker that keeps no run in its cache, the SDK answers one of them and loses the others. */
describe('a run that many ask about', () => {
  const { shop, place, runOf } = shopHouse('cached');

  it('tells all at once how far it is, in the middle of a local attempt too', async () => {
    const order = anOrder();
    const asked: Promise<unknown>[] = [];
    const ask = turns.before(() => {
      for (let caller = 0; caller < 10; caller += 1) asked.push(refusalOf(statusOf(runOf(order))));
    });
    shop.plan(order, 'charge', ask);
    expect(await place(order)).toMatchObject({ status: 'placed' });
    const answers = await Promise.all(asked);
    expect(answers).toHaveLength(10);
    for (const answer of answers) expect(answer).toHaveProperty('stepsDone');
  });
});
