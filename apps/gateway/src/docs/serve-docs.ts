import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { Route } from '../routes/route.ts';
import { openApi } from './openapi.ts';

/** Serves the description of the API, as a page at `/docs` and as JSON at `/docs/json`. */
export async function serveDocs(app: FastifyInstance, routes: readonly Route[]): Promise<void> {
  await app.register(swagger, { mode: 'static', specification: { document: openApi(routes) as never } });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // The page loads nothing from other hosts, and has to work over plain HTTP on a laptop.
    staticCSP: { 'default-src': "'self'", 'img-src': "'self' data:", 'style-src': "'self' 'unsafe-inline'" },
    uiConfig: { validatorUrl: null },
    logLevel: 'warn',
  });
}
