import { contracts } from '@longhaul/contracts';
import { describe, expect, it } from 'vitest';
import { factsOf } from '../everywhere/facts.ts';
import { goodEvidence } from '../fixtures/good-evidence.fixture.ts';
import { domains } from './index.ts';

const facts = factsOf(goodEvidence(), {}, domains);
const stories = facts.views.flatMap((view) => view.stories.map((story) => ({ ...story, view })));
const effectsOf = (keys: readonly string[]) => keys.flatMap((key) => facts.effectsByKey.get(key) ?? []);

it.each(contracts)('the good evidence has a run of $type', ({ type }) => {
  expect(facts.first.map((run) => run.type)).toContain(type);
});

it.each(contracts.filter(({ updates }) => 'cancel' in updates))('cancels of $type are checked', ({ type }) => {
  expect(stories.map(({ run }) => run.type)).toContain(type);
});

const pairs = contracts.flatMap(({ type, steps }) =>
  Object.entries(steps).flatMap(([step, { undoneBy }]) => (undoneBy === undefined ? [] : [{ type, step, undoneBy }])),
);

describe.each(pairs)('$step of $type, undone by $undoneBy', ({ type, step, undoneBy }) => {
  const own = stories.filter(({ run }) => run.type === type);

  it('occurs in a good run that keeps it and in one that undoes it', () => {
    const tookBack = (taken: boolean) =>
      own.filter(({ run }) => run.steps.some((each) => each.step === undoneBy) === taken && run.steps.length > 0);
    expect(tookBack(true).filter(({ kept }) => !kept)).not.toEqual([]);
    expect(tookBack(false).filter(({ kept }) => kept)).not.toEqual([]);
  });

  it('is checked against the journal or by a rule of its domain', () => {
    const knows = own.some(({ view }) => view.undosBy?.[undoneBy]);
    const deeds = own.flatMap(({ view }) => view.deeds);
    const did = effectsOf(own.map(({ run }) => `${run.workflowId}/${step}`));
    const undid = effectsOf(own.map(({ run }) => `${run.workflowId}/${undoneBy}`));
    expect(did).not.toEqual([]);
    expect(undid).not.toEqual([]);
    const played = deeds.some(
      ({ effects, undos }) =>
        did.some(({ effect }) => effects.includes(effect)) && undid.every(({ effect }) => undos.includes(effect)),
    );
    expect(played || knows).toBe(true);
  });
});
