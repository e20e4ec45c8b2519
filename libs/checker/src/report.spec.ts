import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { invariants, notJudged } from './invariants.ts';
import { report } from './report.ts';

const violation = (invariant: string, message: string) => ({ invariant, says: `${invariant} in words.`, message });

describe('The report', () => {
  it('says that every invariant holds, and which ones are not checked and why', () => {
    expect(report([])).toMatch(/^Every invariant holds\.\nNot judged: X6 \(replaying/);
  });

  it('names the page that lists every invariant', () => {
    const name = /All invariants: (docs\/[\w-]+\.md)\.$/.exec(report([]))?.[1];
    const page = readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
    const rows = page.split('\n').flatMap((line) => {
      const [, id, sentence] = /^\| ([\w-]+ ?\d+) +\| (.*?) +\|$/.exec(line) ?? [];
      return id === undefined ? [] : [`${id}: ${sentence}`];
    });
    const known = [
      ...invariants.map(({ id, says }) => `${id}: ${says}`),
      ...notJudged.map(({ id, because }) => `${id}: ${because}`),
    ];
    expect(rows.toSorted()).toEqual(known.toSorted());
  });

  it('groups violations by invariant, with its sentence', () => {
    const text = report([violation('booking 3', 'a'), violation('X1', 'b'), violation('booking 3', 'c')]);
    expect(text).toContain('2 invariants do not hold.\nbooking 3: booking 3 in words.\n  - a\n  - c\nX1: X1 in words.');
  });

  it('limits the messages per invariant, so that one systematic fault does not hide the others', () => {
    const text = report([...Array.from({ length: 25 }, (_, n) => violation('X3', `key ${n}`)), violation('X1', 'b')]);
    expect(text).toContain('  - key 9\n  - and 15 more\nX1:');
  });
});
