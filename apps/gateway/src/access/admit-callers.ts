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
 * Authenticates each request and limits the requests per minute of each caller. Requests with an invalid token are limited
 * per address.
 *
 * The limit per address applies only after the check of the token, which takes 0.2 ms. Behind a load balancer all callers
 * have one address: if the limit came before the check, one attacker would lock out everybody.
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
