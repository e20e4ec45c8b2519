import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { LonghaulClient } from './routes/route.ts';

const checkWaitMs = 1_000;
/** Everybody may ask, and a probe that asks each second has a new answer each time. */
const rememberForMs = 1_000;

/** Alive: the event loop answers. Ready: Temporal does; without it, most of what is asked would be refused. */
export function healthRoutes(
  app: FastifyInstance,
  { longhaul, enabled = true }: { readonly longhaul: LonghaulClient; readonly enabled?: boolean },
): void {
  const ready = remembered(() => isReady(longhaul, app.log));
  app.get('/livez', { logLevel: 'warn' }, () => ({ status: 'ok' }));
  app.get('/readyz', { logLevel: 'warn' }, async (_request, reply) => {
    if (!enabled) return { status: 'ok', detail: 'Starting workflows is switched off.' };
    if (await ready()) return { status: 'ok' };
    return reply.code(503).send({ status: 'unready', detail: 'Temporal does not answer, or not for this namespace.' });
  });
}

async function isReady(longhaul: LonghaulClient, log: FastifyBaseLogger): Promise<boolean> {
  try {
    await longhaul.check({ waitMs: checkWaitMs });
    return true;
  } catch (error) {
    log.warn({ why: (error as Error).message }, 'Not ready');
    return false;
  }
}

/** One look at a time, and its answer for all who ask within a second. */
function remembered<T>(look: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (!last || now - last.at >= rememberForMs) last = { at: now, answer: look() };
    return last.answer;
  };
}
