import type { FastifyBaseLogger } from 'fastify';

const minuteMs = 60_000;

/** Told of each refused webhook, logs one line a minute: whoever has nothing to prove may not fill the log. */
export function refusalLog(
  log: FastifyBaseLogger,
  now: () => number = () => performance.now(),
): (correlationId: string) => void {
  let untold = 0;
  let toldAt = -Infinity;
  return (correlationId) => {
    untold += 1;
    if (now() - toldAt < minuteMs) return;
    log.warn({ refused: untold, correlationId }, 'Webhooks were refused: Paystack has not signed them');
    untold = 0;
    toldAt = now();
  };
}
