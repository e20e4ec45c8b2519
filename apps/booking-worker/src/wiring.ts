import { Queue } from '@longhaul/contracts';
import type { Values } from '@longhaul/process-kit';
import { bookingService, createHttp, notificationService, paymentService } from '@longhaul/service-clients';
import { callContext, type Kit } from '@longhaul/worker-kit';
import { bookingActivities } from './activities.ts';
import { bookingRunning } from './booking-under-way.ts';
import type { variables } from './config.ts';

type Environment = Values<typeof variables>;

/** The activities of this worker on its queue, with the services from the environment. */
export const wiring = {
  [Queue.booking]: (environment: Environment, kit: Kit, stopWaitMs?: number) => ({
    ...bookingSteps(environment, kit, stopWaitMs),
  }),
};

function bookingSteps(environment: Environment, { client, observe }: Kit, stopWaitMs?: number) {
  const http = (service: string, baseUrl: string) =>
    createHttp({ service, baseUrl, timeoutMs: environment.SERVICE_TIMEOUT_MS, observe });
  return bookingActivities({
    booking: bookingService(http('booking', environment.BOOKING_SERVICE_URL)),
    payment: paymentService(http('payment', environment.PAYMENT_SERVICE_URL)),
    notification: notificationService(http('notification', environment.NOTIFICATION_SERVICE_URL)),
    running: bookingRunning(client, stopWaitMs),
    context: callContext,
  });
}
