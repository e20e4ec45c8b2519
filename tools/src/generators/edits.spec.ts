import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { namesOf } from '../../nx/generators/names.mjs';
import { workerEdits } from '../../nx/generators/worker/edits.mjs';
import { workflowEdits } from '../../nx/generators/workflow/edits.mjs';
import { at, read } from '../house-rules/repository.fixture.ts';

const thing = namesOf('lost-item');

/** What becomes of each file: as it is, with the edits made, and with them taken away again. */
async function madeAndTakenAway(edits: ReturnType<typeof workflowEdits>) {
  const files = [...new Set(edits.map(({ file }) => file))];
  return Promise.all(
    files.map(async (file) => {
      const own = edits.filter((edit) => edit.file === file);
      const config = await resolveConfig(at(file));
      const formatted = (text: string) => format(text, { ...config, filepath: file });
      const before = read(file);
      const made = await formatted(own.reduce((text, { add }) => add(text), before));
      const takenAway = await formatted(own.reduce((text, { remove }) => remove(text), made));
      return { file, before, made, takenAway };
    }),
  );
}

describe.each(['booking', 'payment'])('the lines of a new workflow of the %s worker', (domain) => {
  it('find their places in the files that there are, and leave them as they were', async () => {
    const changed = await madeAndTakenAway(workflowEdits(thing, namesOf(domain)));
    expect(changed.filter(({ before, made }) => made === before)).toEqual([]);
    expect(changed.filter(({ before, takenAway }) => takenAway !== before)).toEqual([]);
  });
});

it('the lines of a new worker do so, too, and its entry is whole', async () => {
  const changed = await madeAndTakenAway(workerEdits(thing, 9_999));
  expect(changed.filter(({ before, takenAway }) => takenAway !== before)).toEqual([]);
  const registry = changed.find(({ file }) => file === 'apps/registry.mjs')?.made;
  expect(registry).toContain(
    "'lost-item': {\n    team: 'lost-item',\n    queues: ['lost-item'],\n    healthPort: 9999,",
  );
});

describe('a name', () => {
  it('is told in all its forms', () => {
    expect(thing).toMatchObject({ camel: 'lostItem', pascal: 'LostItem', snake: 'lost_item', upper: 'LOST_ITEM' });
    expect(thing).toMatchObject({ words: 'lost item', Words: 'Lost item', aWords: 'a lost item' });
    expect(namesOf('invoice').AWords).toBe('An invoice');
  });

  it.each(['LostItem', 'lost_item', '-lost', 'lost-', 'lost--item', '2-items', ''])(
    'that is none is refused: "%s"',
    (name) => {
      expect(() => namesOf(name)).toThrow(`[${name}]`);
    },
  );
});
