import { contracts, isStartable, type WorkflowContract } from '@longhaul/contracts';
import { describe, expect, test } from 'vitest';
import { fakeLonghaul } from '../fake-longhaul.fixture.ts';
import { gatewayForEachTest } from '../gateway.fixture.ts';
import { routes } from '../routes/index.ts';
import { openApi } from './openapi.ts';
import { exampleOf, jsonSchema, type JsonSchema } from './schema.ts';
import { flawed } from './flawed.fixture.ts';

interface Operation {
  parameters: { in: string; name: string; description?: string; example?: string; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema; example: Record<string, unknown> }> };
}
const paths = openApi(routes).paths as Record<string, { get?: Operation; post?: Operation }>;
const posts = Object.entries(paths).flatMap(([path, { post }]) => (post ? [{ path, post }] : []));

const accepted = { answer: 'accepted' };
const answers = {
  cancel: accepted,
  resolve: { resolved: true, detail: '' },
  redeliver: { redelivered: true, detail: '' },
  checkout: { checkout: 'closed' },
  ...Object.fromEntries(
    ['approve', 'reject', 'delegate', 'withdraw'].map((message) => [message, { answer: 'taken', detail: '' }]),
  ),
};
const anyone = () => Promise.resolve('u-ada');
const gateway = gatewayForEachTest(() => ({
  longhaul: fakeLonghaul({ answers }),
  recordOwners: { booking: anyone, payment: anyone },
  requestsPerMinute: 100_000,
}));

const filled = (path: string, { parameters }: Operation) =>
  path.replace(/\{(\w+)\}/g, (_, name) => parameters.find((one) => one.name === name)!.example!);

async function send(path: string, operation: Operation, body: unknown, headers: Record<string, string> = {}) {
  const authorization = await gateway.bearer('u-ada', 'bookings:any payments:any operations');
  const { statusCode } = await gateway.post(filled(path, operation), body as string | object, {
    authorization,
    ...headers,
  });
  return statusCode;
}

/** Starts a run of each contract with its example input. */
async function runsAreThere() {
  const start = ({ input }: WorkflowContract) => exampleOf(jsonSchema(input, 'input'));
  for (const contract of contracts) await gateway.longhaul.start(contract, start(contract), { owner: 'u-ada' });
}

const bodyOf = ({ requestBody }: Operation) => requestBody!.content['application/json']!;

describe('the server behaves as the API description says', () => {
  test.each(posts)('$path accepts its own example', async ({ path, post }) => {
    if (path.includes('{workflowId}')) await runsAreThere();
    expect([200, 202]).toContain(await send(path, post, bodyOf(post).example));
  });

  test.each(posts)('$path refuses values that break the description and accepts values at its limits', async (at) => {
    const { example, schema } = bodyOf(at.post);
    if (at.path.includes('{workflowId}')) await runsAreThere();
    expect(await send(at.path, at.post, 'null', { 'content-type': 'application/json' })).toBe(400);
    for (const { what, body, breaks } of flawed(schema, example)) {
      const status = await send(at.path, at.post, body);
      if (breaks) expect(status, `${what}: ${JSON.stringify(body)}`).toBe(400);
      else expect([200, 202, 422], `${what}: ${JSON.stringify(body)}`).toContain(status);
    }
  });

  test.each(contracts.filter(isStartable).filter(({ http }) => http.keyField))(
    '$type takes its key from the header or the body, and needs one of them',
    async ({ http: { start, keyField = '' } }) => {
      const path = start.replace(/:(\w+)/g, '{$1}');
      const { post } = paths[path]!;
      const { schema, example } = bodyOf(post!);
      const { [keyField]: key, ...rest } = example;
      expect(schema.required).not.toContain(keyField);
      const header = { 'idempotency-key': String(key) };
      const sent = [
        await send(path, post!, rest),
        await send(path, post!, rest, header),
        await send(path, post!, example),
      ];
      expect(sent).toEqual([400, 202, 202]);
    },
  );

  test('a method that a path does not have is refused with the methods that it has', async () => {
    for (const [path, { get, post }] of Object.entries(paths)) {
      const declared = [get && 'GET', post && 'POST'].filter((method) => method !== undefined);
      const url = filled(path, (get ?? post)!);
      for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', get ? 'POST' : 'GET'] as const) {
        const { statusCode, headers, body } = await gateway.app.inject({ method, url });
        expect([statusCode, headers.allow], `${method} ${url}`).toEqual([405, declared.join(', ')]);
        expect(headers['content-type']).toContain('application/problem+json');
        expect(JSON.parse(body)).toMatchObject({ code: 'method-not-allowed' });
      }
    }
  });

  test('every parameter and every field is described', () => {
    const silent: string[] = [];
    const look = (value: unknown, at: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { properties } = value as { properties?: Record<string, { description?: string }> };
      for (const [name, field] of Object.entries(properties ?? {}))
        if (!field.description) silent.push(`${at}/${name}`);
      for (const [name, child] of Object.entries(value)) look(child, `${at}/${name}`);
    };
    look(openApi(routes), '');
    for (const [path, { get, post }] of Object.entries(paths)) {
      const parameters = [...(get?.parameters ?? []), ...(post?.parameters ?? [])];
      for (const { name, description } of parameters) if (!description) silent.push(`${path} ${name}`);
    }
    expect(silent).toEqual([]);
  });
});
