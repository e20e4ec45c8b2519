import type { FastifyInstance } from 'fastify';
import type { LonghaulClient } from './routes/route.ts';

const checkWaitMs = 1_000;
/** The route needs no token, so the answer is cached. A probe that asks once per second always gets a new one. */
const rememberForMs = 1_000;

interface Checked {
  readonly longhaul: LonghaulClient;
  readonly enabled?: boolean;
  /** Called once for each failed check. */
  readonly onUnready?: (why: string) => void;
}

/** Undefined if Temporal answers, otherwise the reason. Without Temporal, most requests would be refused. */
export function readiness({ longhaul, enabled = true, onUnready }: Checked): () => Promise<string | undefined> {
  return remembered(async () => {
    if (!enabled) return undefined;
    try {
      await longhaul.check({ waitMs: checkWaitMs });
      return undefined;
    } catch (error) {
      const why = (error as Error).message;
      onUnready?.(why);
      return why;
    }
  });
}

/** The same routes as on the health port of every process. The reason is only logged, because the route needs no token. */
export function healthRoutes(app: FastifyInstance, checked: Checked): void {
  const unready = readiness({ ...checked, onUnready: (why) => app.log.warn({ why }, 'Not ready') });
  app.get('/livez', { logLevel: 'warn' }, (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', { logLevel: 'warn' }, async (_request, reply) => {
    if ((await unready()) === undefined) return reply.type('text/plain').send('ok\n');
    return reply.code(503).type('text/plain').send('Temporal does not answer, or not for this namespace\n');
  });
}

/** Makes one check at a time, and uses its answer for a second. */
function remembered<T>(look: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (!last || now - last.at >= rememberForMs) last = { at: now, answer: look() };
    return last.answer;
  };
}
