import { randomUUID } from 'node:crypto';
import { BookRide, idempotencyKey } from '@longhaul/contracts';
import { KillableHouse, quotedRide } from '@longhaul/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

let house: KillableHouse;
beforeAll(async () => {
  house = await KillableHouse.open(['booking-worker']);
});
afterAll(() => house.close());

/** Shorter than the timeout of a killed worker's task, so that the task is repeated after the departure. */
const leavesInMs = 2_500;

it('if the bus departs before a lost task is repeated, the effects of the lost task are undone', async () => {
  const request = {
    requestId: randomUUID(),
    user: 'u-ada',
    bus: 'b-12',
    segment: { from: 'Lagos', to: 'Ibadan' },
    departureAt: new Date(Date.now() + leavesInMs).toISOString(),
  };
  const ride = await quotedRide(house.sandbox.urls.booking, request, 'NGN');
  const killed = house.killAt('after', idempotencyKey(BookRide.id.of(ride), 'chargeFare'), 'booking-worker');
  const run = await house.start(BookRide, ride);
  expect(await run.result()).toMatchObject({
    status: 'departed',
    givenBack: { refund: ride.fare, seatReleased: true },
    notice: 'sent',
  });
  await killed;
  await house.judge();
});
