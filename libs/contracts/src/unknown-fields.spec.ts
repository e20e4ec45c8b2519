import { expect, test } from 'vitest';
import { z } from 'zod';
import { ResolveRequest } from './messages.ts';
import { fieldsOf, unknownFieldsOf } from './unknown-fields.ts';

const schema = z.object({
  name: z.string().trim(),
  at: z.object({ street: z.string().optional() }).nullable(),
  lines: z.array(z.object({ text: z.string().default('') })),
  labels: z.record(z.string(), z.string()).optional(),
});

test.each([
  ['nothing unknown', { name: 'a', at: { street: 'b' }, lines: [{ text: 'c' }], labels: { any: 'thing' } }, []],
  ['at the top', { name: 'a', nmae: 'a' }, ['/nmae']],
  ['in an object that may be null', { at: { streeet: 'b' } }, ['/at/streeet']],
  ['in a list', { lines: [{ text: 'c' }, { txt: 'c' }] }, ['/lines/1/txt']],
  ['with characters of the pointer itself', { 'a/b~c': 1 }, ['/a~1b~0c']],
  ['named like what every object has', { toString: 1 }, ['/toString']],
  ['not asked for in a value of another kind', 7, []],
])('unknown fields are found: %s', (_where, given, pointers) => {
  expect(unknownFieldsOf(schema)(given).map(({ pointer }) => pointer)).toEqual(pointers);
});

test('in a union, the member that fits best counts', () => {
  const unknown = unknownFieldsOf(ResolveRequest);
  expect(unknown({ action: 'settled', by: 'ops', note: 'paid out by hand' })).toEqual([]);
  expect(unknown({ action: 'retry', by: 'ops', not: 'x' })).toMatchObject([{ pointer: '/not' }]);
});

test('the fields of a union are those of all its members', () => {
  expect([...fieldsOf(schema)]).toEqual(['name', 'at', 'lines', 'labels']);
  expect([...fieldsOf(ResolveRequest)]).toEqual(['action', 'by', 'note']);
});
