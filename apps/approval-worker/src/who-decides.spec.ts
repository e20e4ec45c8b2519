import type { DirectoryService, Person } from '@longhaul/service-clients';
import { expect, it } from 'vitest';
import { dueTimes, peopleOf } from './who-decides.ts';

const context = {} as never;
const at = '2027-01-04T08:00:00.000Z';
const always = { from: '1970-01-01T00:00:00Z', until: '9999-01-01T00:00:00Z' };
const people: Readonly<Record<string, Partial<Person>>> = {
  'u-ada': { manager: 'u-boss' },
  'u-left': { active: false },
  'u-away': { absences: [{ ...always, delegate: 'u-deputy' }] },
  'u-back-today': { absences: [{ from: '2027-01-01T00:00:00Z', until: at, delegate: 'u-deputy' }] },
  'u-away-from-today': { absences: [{ from: at, until: '2027-02-01T00:00:00Z', delegate: 'u-deputy' }] },
  'u-nobody-acts': { absences: [{ ...always, delegate: null }] },
  'u-chain': { absences: [{ ...always, delegate: 'u-away' }] },
  'u-circle': { absences: [{ ...always, delegate: 'u-circle' }] },
  'u-for-ada': { absences: [{ ...always, delegate: 'u-ada' }] },
};
const directory: DirectoryService = {
  person: (person) => Promise.resolve({ person, active: true, manager: null, absences: [], ...people[person] }),
  role: (role) => Promise.resolve(role === 'finance' ? ['u-1', 'u-2'] : []),
};
const asked = (...names: string[]) =>
  peopleOf(
    names.map((name) => ({ kind: 'person', person: name })),
    { initiator: 'u-ada', at },
    directory,
    context,
  );

it.each([
  ['u-boss', [{ person: 'u-boss', insteadOf: null }]],
  ['u-left', []],
  ['u-away', [{ person: 'u-deputy', insteadOf: 'u-away' }]],
  ['u-away-from-today', [{ person: 'u-deputy', insteadOf: 'u-away-from-today' }]],
  ['u-back-today', [{ person: 'u-back-today', insteadOf: null }]],
  ['u-nobody-acts', []],
  ['u-chain', [{ person: 'u-deputy', insteadOf: 'u-chain' }]],
  ['u-circle', []],
  ['u-ada', []],
  ['u-for-ada', []],
])('asks for %s: %o', async (name, expected) => {
  expect(await asked(name)).toEqual(expected);
});

it('asks a person once, and in their own right if they are named', async () => {
  expect(await asked('u-away', 'u-chain')).toEqual([{ person: 'u-deputy', insteadOf: 'u-away' }]);
  expect(await asked('u-away', 'u-deputy')).toEqual([{ person: 'u-deputy', insteadOf: null }]);
});

it('finds the people of a role, and the manager of the initiator', async () => {
  const whom = [{ kind: 'role', role: 'finance' } as const, { kind: 'manager' } as const];
  const found = await peopleOf(whom, { initiator: 'u-ada', at }, directory, context);
  expect(found.map(({ person }) => person)).toEqual(['u-1', 'u-2', 'u-boss']);
});

it('counts the ladder from the beginning of the stage', () => {
  const ladder = [
    { does: 'remind' as const, afterSeconds: 60 },
    { does: 'reject' as const, afterSeconds: 3_600 },
  ];
  expect(dueTimes(ladder, Date.parse(at))).toEqual(['2027-01-04T08:01:00.000Z', '2027-01-04T09:00:00.000Z']);
});
