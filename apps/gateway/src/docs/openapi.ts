import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { problemMediaType, problemStatus, type ProblemCode } from '../http/problem.ts';
import type { Parameter, Route } from '../routes/route.ts';

type Json = Record<string, unknown>;

/** The API as OpenAPI 3.1, from the same routes that are served. */
export function openApi(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = (paths[templated(route.path)] ??= {});
    path[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Longhaul',
      version: '1.0.0',
      description: 'Starts long business processes, and answers for them while they run and after they have ended.',
    },
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema },
      responses: Object.fromEntries(everyProblem(routes).map((status) => [`Problem${status}`, problemAnswer(status)])),
    },
  };
}

const always: readonly ProblemCode[] = ['invalid-token', 'too-many-requests', 'issuer-unavailable', 'internal'];

function operation(route: Route): Json {
  const statuses = [...new Set([...route.problems, ...always].map(problemStatus))].toSorted();
  return {
    operationId: route.operation,
    tags: [route.contract.type],
    summary: route.summary,
    parameters: [...pathParameters(route.path), ...(route.parameters ?? []).map(parameter)],
    ...(route.body && { requestBody: requestBody(route.body, route.notInBody ?? []) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, { description, schema }]) => [
          status,
          { description, content: { 'application/json': { schema: jsonSchema(schema, 'output') } } },
        ]),
      ),
      ...Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }])),
    },
  };
}

function templated(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    in: 'path',
    name,
    required: true,
    schema: { type: 'string' },
  }));
}

function parameter({ schema, ...rest }: Parameter): Json {
  return { ...rest, required: false, schema: jsonSchema(schema, 'input') };
}

function requestBody(body: z.ZodType, notInBody: readonly string[]): Json {
  const schema = without(jsonSchema(body, 'input'), notInBody);
  const required = (schema.required ?? schema.oneOf ?? []).length > 0;
  return { required, content: { 'application/json': { schema } } };
}

/** The same form, or forms, without fields that come from elsewhere. */
function without(schema: z.core.JSONSchema.BaseSchema, names: readonly string[]): z.core.JSONSchema.BaseSchema {
  const { properties = {}, required = [], oneOf, ...rest } = schema;
  const left = Object.entries(properties).filter(([name]) => !names.includes(name));
  const needed = required.filter((name) => !names.includes(name));
  return {
    ...rest,
    ...(rest.type === 'object' && { properties: Object.fromEntries(left), additionalProperties: false }),
    ...(needed.length > 0 && { required: needed }),
    ...(oneOf && { oneOf: oneOf.map((form) => without(form, names)) }),
  };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): z.core.JSONSchema.BaseSchema {
  const described = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  // The dialect is OpenAPI 3.1's own; inside a document it has no place.
  delete described.$schema;
  return described;
}

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. "type" and "code" are stable; "detail" is for people.',
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string', format: 'json-pointer' }, detail: { type: 'string' } },
        required: ['pointer', 'detail'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
};

function everyProblem(routes: readonly Route[]): readonly number[] {
  return [...new Set([...routes.flatMap(({ problems }) => problems), ...always].map(problemStatus))];
}

function problemAnswer(status: number): Json {
  const schema = { $ref: '#/components/schemas/Problem' };
  return { description: STATUS_CODES[status] ?? 'Problem', content: { [problemMediaType]: { schema } } };
}
