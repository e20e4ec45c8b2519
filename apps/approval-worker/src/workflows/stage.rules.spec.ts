import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aStage } from '../approval.fixture.ts';
import { StageVotes } from './stage.rules.ts';

const at = '2027-01-04T08:00:00.000Z';
const seat = (person: string, insteadOf: string | null = null) => ({ person, insteadOf });
const votes = (people: readonly string[], overrides: Parameters<typeof aStage>[1] = {}) =>
  new StageVotes(aStage(people, overrides), { approvers: people.map((name) => seat(name)), ladder: [] });

it.each([
  ['all, when it says nothing', {}, ['approve', 'approve'], undefined],
  ['all, when it says nothing', {}, ['approve', 'approve', 'approve'], 'approved'],
  ['one', { quorum: 1 }, ['approve'], 'approved'],
  ['two of three', { quorum: 2 }, ['approve'], undefined],
  ['two of three', { quorum: 2 }, ['approve', 'approve'], 'approved'],
  ['two of three, after a rejection', { quorum: 2 }, ['reject'], 'rejected'],
  ['two of three, of whom one may reject', { quorum: 2, oneRejectionEnds: false }, ['reject'], undefined],
  ['two of three, of whom one may reject', { quorum: 2, oneRejectionEnds: false }, ['reject', 'reject'], 'rejected'],
] as const)('a quorum of %s: %o, %o, %s', (_quorum, overrides, said, result) => {
  const stage = votes(['u-1', 'u-2', 'u-3'], overrides);
  said.forEach((vote, index) => stage.vote(`u-${index + 1}`, vote, null, at));
  expect(stage.result).toBe(result);
});

it('is not possible for more people than are asked', () => {
  expect(votes(['u-1'], { quorum: 2 }).possible).toBe(false);
  expect(votes([]).possible).toBe(false);
});

it('a delegate who is asked already counts once, so that a quorum can be lost', () => {
  const all = votes(['u-1', 'u-2']);
  expect(all.whyNotDelegate('u-1', 'u-2', 'u-ada')).toMatchObject({ code: 'quorum-lost' });
  const one = votes(['u-1', 'u-2'], { quorum: 1 });
  expect(one.whyNotDelegate('u-1', 'u-2', 'u-ada')).toBeUndefined();
  one.delegate('u-1', 'u-2');
  expect(one.waitsFor).toEqual(['u-2']);
});

it('a decision that was delegated in a circle is with the first person again, who acts for nobody', () => {
  const stage = votes(['u-1']);
  stage.delegate('u-1', 'u-2');
  stage.delegate('u-2', 'u-1');
  expect(stage.vote('u-1', 'approve', null, at)).toMatchObject({ by: 'u-1', insteadOf: null });
  expect(stage.whyNot('u-2', 'approve')).toMatchObject({ code: 'delegated-away' });
});

it('a chain of delegates acts for the person who was asked', () => {
  const stage = votes(['u-1']);
  stage.delegate('u-1', 'u-2');
  stage.delegate('u-2', 'u-3');
  expect(stage.vote('u-3', 'approve', null, at)).toMatchObject({ by: 'u-3', insteadOf: 'u-1' });
});

it('nobody is replaced by nobody, and a replacement of many by one is enough', () => {
  const stage = votes(['u-1', 'u-2', 'u-3']);
  stage.climb({ does: 'replace', at, approvers: [] });
  expect(stage.waitsFor).toEqual(['u-1', 'u-2', 'u-3']);
  stage.vote('u-1', 'approve', null, at);
  stage.climb({ does: 'replace', at, approvers: [seat('u-boss')] });
  expect(stage.waitsFor).toEqual(['u-boss']);
  expect(stage.result).toBeUndefined();
  stage.vote('u-boss', 'approve', null, at);
  expect(stage.result).toBe('approved');
});

it('whatever people and the ladder do, a stage is only approved by votes of different people who were asked', () => {
  const name = fc.constantFrom('u-1', 'u-2', 'u-3', 'u-4', 'u-ada');
  const deed = fc.oneof(
    fc.record({ vote: fc.constantFrom('approve' as const, 'reject' as const), by: name }),
    fc.record({ from: name, to: name }),
    fc.record({ does: fc.constantFrom('add' as const, 'replace' as const, 'remind' as const), who: fc.array(name) }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.array(deed), (quorum, oneRejectionEnds, deeds) => {
      const stage = votes(['u-1', 'u-2', 'u-3'], { quorum, oneRejectionEnds });
      const approved = new Set<string>();
      for (const each of deeds) {
        if (stage.result) break;
        if ('vote' in each) {
          if (stage.whyNot(each.by, each.vote)) continue;
          stage.vote(each.by, each.vote, null, at);
          if (each.vote === 'approve') approved.add(each.by);
        } else if ('from' in each) {
          if (!stage.whyNotDelegate(each.from, each.to, 'u-ada')) stage.delegate(each.from, each.to);
        } else {
          const approvers = each.who.filter((who) => who !== 'u-ada').map((who) => seat(who));
          stage.climb({ does: each.does, at, approvers });
        }
        expect(stage.waitsFor).not.toContain('u-ada');
        // It never stands still: somebody is asked for as long as it is open.
        if (!stage.result) expect(stage.waitsFor).not.toEqual([]);
      }
      if (stage.result === 'approved') expect(approved.size).toBeGreaterThan(0);
      expect(approved).not.toContain('u-ada');
    }),
  );
});
