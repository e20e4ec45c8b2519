import protos, { type temporal } from '@temporalio/proto';

type History = temporal.api.history.v1.IHistory;
const { EventType } = protos.temporal.api.enums.v1;

/**
 * The event ids of workflow tasks that ended only because a local attempt took longer than the task: they have no commands
 * but the markers of finished local attempts, and another task follows at once. The SDK cannot replay some of them
 * (docs/decisions/0021).
 */
export function tasksCarriedOver({ events }: History): number[] {
  const types = (events ?? []).map(({ eventType }) => eventType);
  return types.flatMap((type, at) => {
    if (type !== EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) return [];
    let next = at + 1;
    while (types[next] === EventType.EVENT_TYPE_MARKER_RECORDED) next += 1;
    const cameOfNothing = types[next] === EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED;
    // An update creates a task of its own, whatever the task before did.
    const forAnUpdate = types[next + 3] === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED;
    return cameOfNothing && !forAnUpdate ? [Number(events?.[at]?.eventId)] : [];
  });
}
