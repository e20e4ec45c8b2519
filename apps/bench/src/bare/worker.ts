/** A worker as in the SDK's documentation: `booking` with the workflow, or `fleet` with one activity. */
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { bookingActivities, fleetActivities } from './activities.ts';

const {
  TEMPORAL_ADDRESS: address = '',
  TEMPORAL_NAMESPACE: namespace = '',
  STUB_URL: stubUrl = '',
  BARE_QUEUE: taskQueue = '',
  BARE_BUNDLE: codePath = '',
  BARE_CACHED: cached,
} = process.env;

const connection = await NativeConnection.connect({ address });
const shared: WorkerOptions = { connection, namespace, taskQueue };
const worker = await Worker.create(
  taskQueue === 'fleet'
    ? { ...shared, activities: fleetActivities(stubUrl) }
    : {
        ...shared,
        activities: bookingActivities(stubUrl),
        workflowBundle: { codePath },
        ...(cached !== undefined && { maxCachedWorkflows: Number(cached) }),
      },
);
await worker.run();
await connection.close();
process.exit(0);
