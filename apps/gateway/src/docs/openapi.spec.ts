import { Validator } from '@seriousme/openapi-schema-validator';
import { contracts, isStartable, type WorkflowContract } from '@longhaul/contracts';
import { describe, expect, test } from 'vitest';
import { startIssuer, testGateway } from '../gateway.fixture.ts';
import { routes } from '../routes/index.ts';
import { openApi } from './openapi.ts';

type Content = Record<string, { schema: Record<string, unknown> }>;
interface Described {
  operationId: string;
  tags: string[];
  responses: Record<string, { content: Content }>;
  requestBody?: { required: boolean; content: Content };
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

  test('lists the routes of every contract, and all of them are served', async () => {
    const offered = contracts.flatMap(({ http, updates }) => [
      ...(http.start === undefined ? [] : [`POST ${http.start}`]),
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
      // A route that exists answers 401 without a token; one that does not exist answers 404.
      expect((await app.inject({ method, url })).statusCode, `${method} ${url}`).toBe(401);
    }
    expect((await app.inject({ url: '/docs/json' })).json()).toEqual(document);
    await app.close();
    await issuer.close();
  });

  test('requires the fields of the contract, except the key, which may be a header, and allows no other fields', () => {
    const { schema } = paths['/api/v1/bookings']!.post!.requestBody!.content['application/json']!;
    expect(schema.required).toEqual(['user', 'bus', 'segment', 'departureAt', 'quoteId', 'fare']);
    expect(schema.additionalProperties).toBe(false);
  });

  test('leaves fields of the path out of the body', () => {
    const { requestBody } = paths['/api/v1/bookings/{bookingId}/cancellation']!.post!;
    expect(requestBody?.required).toBe(false);
    expect(requestBody?.content['application/json']?.schema.properties).toEqual({});
  });

  test('leaves the sender out of a message, because it is the subject of the token', () => {
    const { requestBody } = paths['/api/v1/bookings/{workflowId}/resolve']!.post!;
    expect(requestBody).toMatchObject({
      required: true,
      content: {
        'application/json': { schema: { oneOf: [{ required: ['action'] }, { required: ['action', 'note'] }] } },
      },
    });
    expect(JSON.stringify(requestBody)).not.toContain('"by"');
  });

  const answerTo = (path: string) => paths[path]!.post!.responses['202']!.content['application/json']!.schema;

  test('has no start for workflows that only other runs start, but their other routes', () => {
    const only = contracts.filter((contract) => !isStartable(contract));
    expect(only.map(({ type }) => type)).toEqual(['deliverWebhook', 'settleLateCharge', 'handleDispute']);
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    const of = ({ type }: WorkflowContract) => operations.filter(({ tags }) => tags.includes(type));
    for (const contract of only) {
      expect(of(contract).map(({ operationId }) => operationId)).toContain(`${contract.type}Status`);
      expect(of(contract).map(({ operationId }) => operationId)).not.toContain(contract.type);
    }
  });

  test('describes the checkout in the answer to a top-up, and a payment that may not have a run yet', () => {
    const topUp = answerTo('/api/v1/wallets/{userId}/top-ups');
    expect(topUp.required).toEqual(['workflowId', 'runId']);
    expect(topUp.properties).toHaveProperty('checkout');
    expect(answerTo('/api/v1/payments/initialize').required).toEqual(['workflowId']);
    expect(answerTo('/api/v1/bookings').required).toEqual(['workflowId', 'runId']);
  });
});
