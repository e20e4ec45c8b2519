import { contracts, type Queue } from '@longhaul/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { missingFrom } from './gate.ts';
import { readHistories } from './recorded.ts';
import { brokenReplays, storiesOf, type Stories } from './replay.ts';

export interface ReplaySpecOptions {
  readonly queue: Queue;
  /** The file whose exports are the worker's workflows. */
  readonly workflows: URL;
  /** The folder of its recorded runs, with a final slash. */
  readonly histories: URL;
}

/** The replay specs of a worker: its recorded runs replay on the current code, and cover everything in its contracts. */
export function replaySpec({ queue, workflows, histories }: ReplaySpecOptions): void {
  describe(`the recorded runs of the queue ${queue}`, () => {
    const recorded = readHistories(histories);
    let stories: Stories;
    beforeAll(async () => {
      stories = await storiesOf(workflows);
    });

    it('replay on the current stories', async () => {
      expect(await brokenReplays(stories.bundle, recorded)).toEqual([]);
    });

    it('cover every outcome, message, step, undo and patch', () => {
      const ours = contracts.filter((contract) => contract.queue === queue);
      expect(ours).not.toEqual([]);
      expect(missingFrom(recorded, { contracts: ours, patches: stories.patches })).toEqual([]);
    });

    it('contain nothing about the machine of the recording', () => {
      const texts = recorded.map(({ history }) => JSON.stringify(history));
      expect(texts.filter((text) => /"identity"|"stackTrace"|"\d+@|file:\/\/|node_modules/.test(text))).toEqual([]);
    });
  });
}
