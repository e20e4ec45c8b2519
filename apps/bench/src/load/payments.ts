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

/** So many payment workers with a namespace of their own. */
export interface PaymentSetup {
  readonly name: string;
  readonly place: WorkerPlace;
  readonly costs: readonly CostBearer[];
}

export interface PaymentRound {
  readonly perSecond: number;
  /** Until the intake had started the last payment: well before the last is completed, or the intake was measured. */
  readonly takenSeconds: number;
  /** Until the last merchant was told, for each payment. */
  readonly cpuMsEach: Cpu;
}

const lookAgainMs = 100;
/** So long nothing may move. */
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
 * All payments lie in the queue before the intake is started: the emulator is not to be filled and emptied at the same time.
 * The clock starts when the intake polls, and stops when the payment service has the last payment as completed.
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
