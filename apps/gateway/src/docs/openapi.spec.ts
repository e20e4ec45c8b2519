import { Validator } from '@seriousme/openapi-schema-validator';
import { contracts } from '@longhaul/contracts';
import { describe, expect, test } from 'vitest';
import { startIssuer, testGateway } from '../gateway.fixture.ts';
import { routes } from '../routes/index.ts';
import { openApi } from './openapi.ts';

interface Described {
  requestBody?: { required: boolean; content: Record<string, { schema: Record<string, unknown> }> };
}
const document = openApi(routes);
const paths = document.paths as Record<string, Record<string, Described>>;

describe('the description of the API', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { errors, valid } = await validator.validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  test('lists what every contract offers, and all of it is served', async () => {
    const offered = contracts.flatMap(({ http, updates }) => [
      `POST ${http.start}`,
      ...['status', 'result'].map((what) => `GET ${http.runs}/:workflowId/${what}`),
      ...Object.keys(updates).map((message) => `POST ${http.runs}/:workflowId/${message}`),
    ]);
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.toSorted()).toEqual(offered.toSorted());

    const issuer = await startIssuer();
    const { app } = await testGateway(issuer);
    for (const [method, url] of described.map((route) => route.split(' ') as ['GET' | 'POST', string])) {
      // A route that is served asks for a token; where there is none, nothing is found.
      expect((await app.inject({ method, url })).statusCode, `${method} ${url}`).toBe(401);
    }
    expect((await app.inject({ url: '/docs/json' })).json()).toEqual(document);
    await app.close();
    await issuer.close();
  });

  test('asks for what the contract asks for, and says that nothing else is taken', () => {
    const { schema } = paths['/api/v1/bookings']!.post!.requestBody!.content['application/json']!;
    expect(schema.required).toEqual(['requestId', 'user', 'bus', 'segment', 'departureAt', 'fare']);
    expect(schema.additionalProperties).toBe(false);
  });

  test('leaves out of the body what stands in the path', () => {
    const { requestBody } = paths['/api/v1/bookings/{bookingId}/cancellation']!.post!;
    expect(requestBody?.required).toBe(false);
    expect(requestBody?.content['application/json']?.schema.properties).toEqual({});
  });
});
