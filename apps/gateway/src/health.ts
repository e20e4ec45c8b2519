import type { FastifyInstance } from 'fastify';
import type { LonghaulClient } from './routes/route.ts';

const checkWaitMs = 1_000;
/** Everybody may ask, and a probe that asks each second has a new answer each time. */
const rememberForMs = 1_000;

interface Checked {
  readonly longhaul: LonghaulClient;
  readonly enabled?: boolean;
  /** Told once for each look. */
  readonly onUnready?: (why: string) => void;
}

/** Undefined when Temporal answers, else why not; without it, most of what is asked would be refused. */
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

/** As the health port of every process answers. Why it is not ready is for the log: anybody may ask here. */
export function healthRoutes(app: FastifyInstance, checked: Checked): void {
  const unready = readiness({ ...checked, onUnready: (why) => app.log.warn({ why }, 'Not ready') });
  app.get('/livez', { logLevel: 'warn' }, (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', { logLevel: 'warn' }, async (_request, reply) => {
    if ((await unready()) === undefined) return reply.type('text/plain').send('ok\n');
    return reply.code(503).type('text/plain').send('Temporal does not answer, or not for this namespace\n');
  });
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
