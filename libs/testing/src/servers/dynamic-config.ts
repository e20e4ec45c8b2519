export type DynamicConfig = Readonly<Record<string, string | number | boolean>>;

/**
 * Each shard of a server looks for new work at most 20 times a second, and a booking alone takes 4 looks. A cluster has
 * hundreds of shards; the servers here have one or four, which would hold a lone caller to 5 bookings a second.
 */
const looksASecond = 200;

/**
 * How many may ask the same run for its status while it is at work. A server's own default is one: the second caller is
 * told that it is overloaded, and the gateway has to say so (503).
 */
const callersAtOnce = 50;

/** How our servers differ from a server's own defaults. */
export const ourDynamicConfig: DynamicConfig = {
  'system.enableActivityEagerExecution': true,
  'history.MaxBufferedQueryCount': callersAtOnce,
  'history.transferProcessorMaxPollRPS': looksASecond,
  'history.timerProcessorMaxPollRPS': looksASecond,
  'history.visibilityProcessorMaxPollRPS': looksASecond,
};
