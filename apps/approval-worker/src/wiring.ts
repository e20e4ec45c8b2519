import { Queue } from '@longhaul/contracts';
import type { Values } from '@longhaul/process-kit';
import { auditService, createHttp, directoryService, notificationService } from '@longhaul/service-clients';
import { callContext, type Kit } from '@longhaul/worker-kit';
import { approvalActivities } from './activities.ts';
import type { variables } from './config.ts';

type Environment = Values<typeof variables>;

/** The activities of this worker on its queue, with the services from the environment. */
export const wiring = {
  [Queue.approval]: (environment: Environment, kit: Kit) => ({ ...approvalSteps(environment, kit) }),
};

function approvalSteps(environment: Environment, { observe }: Kit) {
  const http = (service: string, baseUrl: string) =>
    createHttp({ service, baseUrl, timeoutMs: environment.SERVICE_TIMEOUT_MS, observe });
  return approvalActivities({
    directory: directoryService(http('directory', environment.DIRECTORY_SERVICE_URL)),
    audit: auditService(http('audit', environment.AUDIT_SERVICE_URL)),
    notification: notificationService(http('notification', environment.NOTIFICATION_SERVICE_URL)),
    context: callContext,
  });
}
