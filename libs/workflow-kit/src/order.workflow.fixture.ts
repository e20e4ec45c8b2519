import { face } from '@longhaul/contracts/workflow';
import { condition } from '@temporalio/workflow';
import { hourMs, implement, minuteMs, stepsOf, Undos, type StepPolicies } from './index.ts';
import { PlaceOrder, type OrderSteps } from './order.fixture.ts';

const forward = { kind: 'keyed', fast: true, patienceMs: 3 * minuteMs } as const;
const undo = { kind: 'keyed', fast: true, patienceMs: hourMs, longestPauseMs: 5 * minuteMs } as const;
const policies: StepPolicies<OrderSteps> = {
  reserve: forward,
  charge: forward,
  refund: undo,
  release: undo,
  thank: { kind: 'keyed', patienceMs: hourMs, longestPauseMs: 5 * minuteMs },
};

const contract = face(PlaceOrder);

/** `reserve` fails the order, `charge` asks a person, and `thank` comes after the decision. */
export const placeOrder = implement(contract, { owner: 'shopkeepers' }, async (order, run, hear) => {
  const shop = stepsOf<OrderSteps>(run, policies);
  const undos = new Undos(run, contract, policies, {
    release: () => shop.release(order),
    refund: () => shop.refund(order),
  });
  const gifts: string[] = [];
  let printed = false;
  hear.signal('gift', ({ what }) => {
    gifts.push(what);
  });
  hear.signal('print', () => {
    printed = true;
  });
  hear.update('receipt', async ({ copies }) => {
    await condition(() => printed);
    return { copies };
  });

  const ending = await run.untilDecided<{ status: 'placed' | 'declined' }>(async () => {
    await shop.reserve(order);
    const charged = await run.orPark(() => shop.charge(order));
    return { status: charged === 'declined' ? 'declined' : 'placed' };
  });
  const stoppedEarly = ending.status === 'cancelled' || ending.status === 'failed';
  if (ending.status !== 'placed') await undos.all({ stoppedEarly });
  const thanks = await run.orGiveUp(() => shop.thank(order), 'sent', 'given-up');
  return { ...ending, thanks, gifts, settledByHand: run.settledByHand };
});
