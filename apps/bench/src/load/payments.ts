import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { PaymentInitiated } from '@longhaul/contracts';
import type { AwsEmulator, Child } from '@longhaul/testing/servers';
import { startIntake } from '../setup/payment-apps.ts';
import type { Stub, WorkerPlace } from '../setup/processes.ts';
import { openQueue } from '../setup/queue.ts';
import { nowUs } from '../measure/clock.ts';
import type { Started } from '../started.ts';
import { startCpu, type CostBearer, type Cpu } from './rounds.ts';

/** A number of payment workers with their own namespace. */
export interface PaymentSetup {
  readonly name: string;
  readonly place: WorkerPlace;
  readonly costs: readonly CostBearer[];
}

export interface PaymentRound {
  readonly perSecond: number;
  /** Until the intake had started the last payment. If this is near the total time, the intake was the bottleneck. */
  readonly takenSeconds: number;
  /** Per payment, until the last event was delivered. */
  readonly cpuMsEach: Cpu;
}

const lookAgainMs = 100;
/** The longest time without progress. */
const patienceMs = 60_000;

function aPayment(): PaymentInitiated {
  return {
    type: 'payment.initiated',
    correlationId: randomUUID(),
    payment: {
      paymentId: randomUUID(),
      user: 'u-ada',
      merchant: 'm-kiosk',
      money: { amount: 350_000, currency: 'NGN' },
      description: 'Two cups of tea',
    },
  };
}

/**
 * All payments are in the queue before the intake starts, because the emulator cannot be filled and emptied at the same time.
 * The time is measured from the first poll of the intake until the last payment is completed.
 */
export async function payAll(
  { name, place, costs }: PaymentSetup,
  { emulator, stub }: { emulator: AwsEmulator; stub: Stub },
  payments: number,
  started: Started,
): Promise<PaymentRound> {
  const queue = await openQueue(emulator);
  await queue.send(Array.from({ length: payments }, () => JSON.stringify(aPayment())));
  const before = await stub.payments();
  let taken = 0;
  let lastTakenAtUs = 0;
  const intake = await startIntake(place, queue, () => {
    taken += 1;
    lastTakenAtUs = nowUs();
  });
  started.onStop(() => intake.stop(30_000));
  const startedAtUs = nowUs();
  const seconds = (untilUs: number) => (untilUs - startedAtUs) / 1_000_000;
  const cpuSince = await startCpu([...costs, { label: 'intake', pid: intake.pid }]);
  const without = (what: 'completed' | 'told') => async () => payments - ((await stub.payments())[what] - before[what]);
  await untilNone('are not completed', without('completed'), intake);
  const { lastCompletedAtUs } = await stub.payments();
  await untilNone('have a merchant who was not told', without('told'), intake);
  await untilNone('or their deliveries still run', () => openRuns(place), intake);
  const cpuMsEach = await cpuSince(payments);
  await untilNone('are in the queue', () => queue.left(), intake);
  if (taken !== payments) throw new Error(`Not each payment was started once [${name}: ${taken} of ${payments}]`);
  await intake.stop(30_000);
  return { perSecond: payments / seconds(lastCompletedAtUs), takenSeconds: seconds(lastTakenAtUs), cpuMsEach };
}

async function openRuns({ client }: WorkerPlace): Promise<number> {
  return (await client.workflow.count('ExecutionStatus = "Running"')).count;
}

async function untilNone(what: string, look: () => Promise<number>, intake: Child): Promise<void> {
  let fewest = Infinity;
  let movedAt = performance.now();
  for (let left = await look(); left > 0; left = await look()) {
    if (left < fewest) movedAt = performance.now();
    fewest = Math.min(fewest, left);
    if (performance.now() - movedAt > patienceMs) {
      throw new Error(`${left} payments ${what}, and nothing moves. The intake said last:\n${intake.tail()}`);
    }
    await pause(lookAgainMs);
  }
}
