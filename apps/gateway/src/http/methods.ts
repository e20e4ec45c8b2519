import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.ts';

interface Served {
  readonly method: string;
  /** `:name` is a parameter. */
  readonly path: string;
}

/** Answers 405 with the allowed methods if a path exists but not for this method. */
export function refuseOtherMethods(app: FastifyInstance, served: readonly Served[]): void {
  const known = served.map(({ method, path }) => ({
    method,
    matches: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
  }));
  app.addHook('onRequest', (request, _reply, done) => {
    if (!request.is404) return done();
    const path = request.url.split('?')[0] ?? '';
    const allowed = [...new Set(known.filter(({ matches }) => matches.test(path)).map(({ method }) => method))];
    return allowed.length === 0 ? done() : done(notAllowed(request.method, allowed));
  });
}

function notAllowed(method: string, allowed: readonly string[]): Problem {
  return new Problem('method-not-allowed', `This path takes ${allowed.join(' and ')}, and not ${method}.`, {
    headers: { allow: allowed.join(', ') },
  });
}
