import type { CancelAnswer } from '@longhaul/contracts';
import { runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { anOrder, cancel, shopHouse } from './shop-house.fixture.ts';
import { turns } from './shop.fixture.ts';

describe.each(runModes)('a run that is cancelled (%s)', (mode) => {
  const { shop, start, place, runOf } = shopHouse(mode);

  const moments = (['reserve', 'charge'] as const).flatMap((step) =>
    (['before', 'after'] as const).map((phase) => [phase, step] as const),
  );

  it.each(moments)('%s the effect of %s is told so, and takes back what it did', async (phase, step) => {
    const order = anOrder();
    let answer: CancelAnswer | undefined;
    const hears = turns[phase](async () => (answer = await cancel(runOf(order))));
    shop.plan(order, step, hears);
    const outcome = await place(order, { fastPath: false });
    expect(outcome).toMatchObject({ status: 'cancelled', reason: 'changed my mind' });
    expect(answer).toEqual({ answer: 'accepted' });
    const charged = ['reserve', 'charge', 'refund', 'release', 'thank'];
    expect(shop.done(order)).toEqual(step === 'charge' ? charged : ['reserve', 'release', 'thank']);
  });

  it('during a local attempt hears of it when the next step is at its regular one', async () => {
    const order = anOrder();
    let answer: Promise<CancelAnswer> | undefined;
    // A message waits behind local attempts.
    const says = () => void (answer = cancel(runOf(order)));
    shop.plan(order, 'reserve', turns.before(says));
    const turn = async (effect: () => void) => {
      if (shop.attemptsAt(order, 'charge').length === 1) turns.away();
      await answer;
      effect();
    };
    shop.plan(order, 'charge', turn, 2);
    expect(await place(order)).toMatchObject({ status: 'cancelled' });
    expect(await answer).toEqual({ answer: 'accepted' });
    expect(shop.done(order)).toEqual(['reserve', 'charge', 'refund', 'release', 'thank']);
  });

  it('before it began takes no step forward', async () => {
    const order = anOrder();
    const outcome = await place(order, { firstSignal: { name: 'cancel', input: { reason: 'too dear' } } });
    expect(outcome).toMatchObject({ status: 'cancelled', reason: 'too dear' });
    expect(shop.attemptsAt(order, 'reserve')).toEqual([]);
  });

  it.each([
    ['a signal', { reason: 'too dear' }, 'too dear'],
    ['a signal without a reason', {}, 'no reason given'],
    ['a signal whose reason cannot be read', { reason: 7 }, 'unreadable'],
  ])('by %s ends the same', async (_how, message, reason) => {
    const order = anOrder();
    shop.plan(
      order,
      'charge',
      turns.after(() => runOf(order).signal('cancel', message)),
    );
    expect(await place(order, { fastPath: false })).toMatchObject({ status: 'cancelled', reason });
    expect(shop.done(order)).toEqual(['reserve', 'charge', 'refund', 'release', 'thank']);
  });

  it("by Temporal's own cancellation takes the same road, to the end", async () => {
    const order = anOrder();
    shop.plan(
      order,
      'charge',
      turns.after(() => runOf(order).cancel()),
    );
    const outcome = await place(order, { fastPath: false });
    expect(outcome).toMatchObject({ status: 'cancelled', reason: 'cancelled in Temporal', thanks: 'sent' });
    expect(shop.done(order)).toEqual(['reserve', 'charge', 'refund', 'release', 'thank']);
  });

  it('at a step that then fails for good asks nobody what to do next', async () => {
    const order = anOrder();
    shop.plan(order, 'charge', async () => {
      await cancel(runOf(order));
      turns.refused();
    });
    const run = await start(order, { fastPath: false });
    expect(await run.result()).toMatchObject({ status: 'cancelled' });
    const { events } = await run.fetchHistory();
    expect(events?.filter(({ upsertWorkflowSearchAttributesEventAttributes: parked }) => parked)).toEqual([]);
  });

  it('twice at once is cancelled once, and both are told so', async () => {
    const order = anOrder();
    let answers: CancelAnswer[] = [];
    const both = async () => {
      answers = await Promise.all(['too dear', 'too late'].map((reason) => cancel(runOf(order), reason)));
    };
    shop.plan(order, 'reserve', turns.after(both));
    expect(await place(order, { fastPath: false })).toMatchObject({ status: 'cancelled' });
    expect(answers).toEqual([{ answer: 'accepted' }, { answer: 'accepted' }]);
  });

  it('with a message that cannot be read is refused by name, and goes on', async () => {
    const order = anOrder();
    let refusal: unknown;
    const hears = turns.before(async () => {
      refusal = await cancel(runOf(order), 7 as unknown as string).catch((error: unknown) => error);
    });
    shop.plan(order, 'charge', hears);
    expect(await place(order, { fastPath: false })).toMatchObject({ status: 'placed' });
    expect(refusal).toMatchObject({ cause: { type: 'InvalidInput', message: expect.stringContaining('/reason') } });
  });
});
