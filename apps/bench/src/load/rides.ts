import { createHash, randomUUID } from 'node:crypto';
import { BookRide, type BookRideInput, type RunMemo } from '@longhaul/contracts';
import type { Client } from '@temporalio/client';

const hourMs = 3_600_000;

export function aRide(): BookRideInput {
  const requestId = randomUUID();
  return {
    requestId,
    user: 'u-ada',
    bus: 'b-12',
    segment: { from: 'Lagos', to: 'Ibadan' },
    departureAt: new Date(Date.now() + 48 * hourMs).toISOString(),
    quoteId: 'q-1',
    fare: { amount: 7_500, currency: 'NGN' },
  };
}

/** How a run is started: with everything that our client adds to the input, or with the plain SDK. */
export type Manner = { readonly kind: 'kit'; readonly fastPath: boolean } | { readonly kind: 'bare' };

/** The type of the plain workflow in `bare/workflows.ts`. */
const bareType = 'bareRide';

export function startRide(client: Client, manner: Manner) {
  const ride = aRide();
  return client.workflow.start(manner.kind === 'kit' ? BookRide.type : bareType, {
    taskQueue: BookRide.queue,
    workflowId: BookRide.id.of(ride),
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    args: [ride],
    ...(manner.kind === 'kit' && { memo: { ...memoOf(ride, manner.fastPath) } }),
  });
}

/** One booking from start to outcome. An outcome other than confirmed is an error. */
export async function bookOnce(client: Client, manner: Manner): Promise<void> {
  const run = await startRide(client, manner);
  const outcome = (await run.result()) as { status: string };
  if (outcome.status !== 'confirmed') {
    throw new Error(`A booking ended otherwise [${run.workflowId}: ${JSON.stringify(outcome)}]`);
  }
}

function memoOf(ride: BookRideInput, fastPath: boolean): RunMemo {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  return {
    inputDigest: digest(JSON.stringify(ride)),
    owner: digest(ride.user),
    correlationId: randomUUID(),
    fastPath,
  };
}
