import { Queue } from '@longhaul/contracts';
import { bookingService, createHttp, notificationService, paymentService } from '@longhaul/service-clients';
import { callContext, runWorker } from '@longhaul/worker-kit';
import { bookingActivities } from './activities.ts';
import { bookingRunning } from './booking-under-way.ts';
import { variables } from './config.ts';

await runWorker({
  name: 'booking-worker',
  queue: Queue.booking,
  variables,
  workflows: {
    bundle: new URL('./workflows.js', import.meta.url),
    tracedBundle: new URL('./workflows.traced.js', import.meta.url),
  },
  activities: (environment, { client, observe }) => {
    const http = (service: string, baseUrl: string) =>
      createHttp({ service, baseUrl, timeoutMs: environment.SERVICE_TIMEOUT_MS, observe });
    return bookingActivities({
      booking: bookingService(http('booking', environment.BOOKING_SERVICE_URL)),
      payment: paymentService(http('payment', environment.PAYMENT_SERVICE_URL)),
      notification: notificationService(http('notification', environment.NOTIFICATION_SERVICE_URL)),
      running: bookingRunning(client),
      context: callContext,
    });
  },
});
