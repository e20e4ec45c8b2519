import { STATUS_CODES } from 'node:http';
import type { WorkflowContract } from '@longhaul/contracts';
import type { z } from 'zod';
import { problemMediaType, problemStatus, type ProblemCode } from '../http/problem.ts';
import type { Parameter, Route } from '../routes/route.ts';
import { fields } from './fields.ts';
import { exampleOf, exampleOfField, jsonSchema, withFields, type JsonSchema } from './schema.ts';

type Json = Record<string, unknown>;

/** The API as OpenAPI 3.1, made from the routes that are served. */
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
      schemas: { Problem: withFields(problemSchema) },
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
    parameters: [...pathParameters(route), ...(route.parameters ?? []).map(parameter)],
    ...(route.body && { requestBody: requestBody(route, route.body) }),
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

function pathParameters({ path, contract, body }: Route): Json[] {
  const properties = (body ? jsonSchema(body, 'input').properties : undefined) ?? {};
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    in: 'path',
    name,
    required: true,
    ...(name === 'workflowId' ? runIdOf(contract) : parameterOf(name, properties[name] as JsonSchema)),
  }));
}

/** The id of the run that the example input starts. */
function runIdOf({ id, input }: WorkflowContract): Json {
  const schema = { type: 'string', minLength: 1 };
  const example = id.of({ ...(exampleOf(jsonSchema(input, 'input')) as object) });
  return { description: fields.workflowId?.about, schema, example };
}

function parameterOf(name: string, { description, ...schema }: JsonSchema): Json {
  return { description, schema, example: exampleOfField(name, schema) };
}

function parameter({ schema, ...rest }: Parameter): Json {
  return { ...rest, required: false, schema: jsonSchema(schema, 'input') };
}

function requestBody({ notInBody = [], notNeeded = [] }: Route, body: z.ZodType): Json {
  const schema = without(jsonSchema(body, 'input'), notInBody, notNeeded);
  // In a union the required fields are in each of its members.
  const isNeeded = (schema.required ?? []).length > 0 || schema.type !== 'object';
  return { required: isNeeded, content: { 'application/json': { schema, example: exampleOf(schema) } } };
}

/** The schema without these fields, because they are sent elsewhere. */
function without(schema: JsonSchema, names: readonly string[], notNeeded: readonly string[]): JsonSchema {
  const { properties = {}, required = [], oneOf, ...rest } = schema;
  const left = Object.entries(properties).filter(([name]) => !names.includes(name));
  const needed = required.filter((name) => !names.includes(name) && !notNeeded.includes(name));
  return {
    ...rest,
    ...(rest.type === 'object' && { properties: Object.fromEntries(left) }),
    ...(needed.length > 0 && { required: needed }),
    ...(oneOf && { oneOf: oneOf.map((form) => without(form, names, notNeeded)) }),
  };
}

const problemSchema: JsonSchema = {
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
