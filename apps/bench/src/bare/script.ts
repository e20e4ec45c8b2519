/** The same five calls without Temporal, so that nothing survives a crash. Runs one load for each message. */
import { BookRide } from '@longhaul/contracts';
import { aRide } from '../load/rides.ts';
import { runLoad, type LoadShape } from '../load/load.ts';
import { rideCalls } from './calls.ts';

const calls = rideCalls(process.env.STUB_URL ?? '');

async function bookOnce(): Promise<void> {
  const ride = aRide();
  const key = (step: string) => `${BookRide.id.of(ride)}/${step}`;
  const { seat } = await calls.holdSeat(ride, key('holdSeat'));
  await calls.chargeFare(ride, key('chargeFare'));
  const { reference } = await calls.confirmBooking(ride, key('confirmBooking'));
  await calls.addToManifest(ride, seat, key('addToManifest'));
  await calls.notifyPassenger(ride, reference, seat, key('notifyPassenger'));
}

process.on('message', (shape: LoadShape) => {
  runLoad(shape, bookOnce).then(
    (load) => process.send?.({ load }),
    (error: unknown) => process.send?.({ problem: String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
