import type { FastifyInstance } from 'fastify';
import type { LonghaulClient } from './routes/route.ts';

const checkWaitMs = 1_000;

/** Alive: the event loop answers. Ready: Temporal does; without it, most of what is asked would be refused. */
export function healthRoutes(
  app: FastifyInstance,
  { longhaul, enabled = true }: { readonly longhaul: LonghaulClient; readonly enabled?: boolean },
): void {
  app.get('/livez', { logLevel: 'warn' }, () => ({ status: 'ok' }));
  app.get('/readyz', { logLevel: 'warn' }, async (request, reply) => {
    if (!enabled) return { status: 'ok', detail: 'Starting workflows is switched off.' };
    try {
      await longhaul.check({ waitMs: checkWaitMs });
      return { status: 'ok' };
    } catch (error) {
      request.log.warn({ why: (error as Error).message }, 'Not ready');
      return reply
        .code(503)
        .send({ status: 'unready', detail: 'Temporal does not answer, or not for this namespace.' });
    }
  });
}
