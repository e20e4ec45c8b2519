import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { comeAgain, Problem } from '../http/problem.ts';
import type { Authenticate, Caller } from './authenticate.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

const minuteMs = 60_000;

/**
 * From here on each request has its caller, who may make so many in a minute. As many may fail from one address.
 *
 * Those that fail are counted after the check of the token, which takes a fifth of a millisecond. Behind a load balancer
 * all addresses are one: refused before the check, a forger's would shut out everybody who comes the same way.
 */
export async function admitCallers(api: FastifyInstance, authenticate: Authenticate, perMinute: number): Promise<void> {
  await api.register(rateLimit, {
    max: perMinute,
    timeWindow: minuteMs,
    keyGenerator: ({ caller, ip }: FastifyRequest) => (caller ? `caller ${caller.sub}` : ip),
    errorResponseBuilder: (_request, { ttl }) => usedUp('This caller has used up its requests for now.', ttl),
  });
  const countFailure = api.createRateLimit({ keyGenerator: ({ ip }) => `failed ${ip}` });
  api.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      request.caller = await authenticate(request.headers.authorization);
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'invalid-token')) throw error;
      const failures = await countFailure(request);
      if (failures.isAllowed || !failures.isExceeded) throw error;
      throw usedUp('Too many requests without a valid token have come from here.', failures.ttl);
    }
  });
}

function usedUp(detail: string, ttlMs: number): Problem {
  return comeAgain('too-many-requests', detail, Math.ceil(ttlMs / 1_000));
}
