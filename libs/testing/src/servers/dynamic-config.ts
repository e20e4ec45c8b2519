export type DynamicConfig = Readonly<Record<string, string | number | boolean>>;

/**
 * By default each shard of a server polls for tasks at most 20 times a second, and a booking needs 4 polls. A cluster has
 * hundreds of shards; the servers here have one or four, which would limit a single caller to 5 bookings a second.
 */
const looksASecond = 200;

/**
 * How many queries of one run may wait while it has a workflow task. The server's default is one: the second caller gets
 * "overloaded", which the gateway answers with 503.
 */
const callersAtOnce = 50;

/** Our settings that differ from the server's defaults. */
export const ourDynamicConfig: DynamicConfig = {
  'system.enableActivityEagerExecution': true,
  'history.MaxBufferedQueryCount': callersAtOnce,
  'history.transferProcessorMaxPollRPS': looksASecond,
  'history.timerProcessorMaxPollRPS': looksASecond,
  'history.visibilityProcessorMaxPollRPS': looksASecond,
};
