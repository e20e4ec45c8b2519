import type { FastifyBaseLogger } from 'fastify';

const minuteMs = 60_000;

/** Logs refused webhooks once a minute, so that unauthenticated clients cannot fill the log. */
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
