import { readFile } from 'node:fs/promises';
import { bundleWorkflows } from '@longhaul/worker-kit/bundle';
import protos from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { silenceRuntime } from '../house.ts';
import { patchesIn } from './gate.ts';
import type { RecordedHistory } from './recorded.ts';

/** A worker's current stories: their bundled code, and the patches in its sources. */
export interface Stories {
  readonly bundle: string;
  readonly patches: readonly string[];
}

/** `workflows` is the file whose exports are the workflows. */
export async function storiesOf(workflows: URL): Promise<Stories> {
  const sources = new Set<string>();
  const ours = (path: string): boolean => path.endsWith('.ts') && !path.includes('/node_modules/');
  const bundle = await bundleWorkflows({
    workflowsPath: workflows.pathname,
    onModule: (path) => ours(path) && sources.add(path),
  });
  const texts = await Promise.all([...sources].map((path) => readFile(path, 'utf8')));
  return { bundle, patches: [...new Set(texts.flatMap(patchesIn))] };
}

/** Replays recorded runs on a bundle. One line for each run that fails to replay. */
export async function brokenReplays(bundle: string, histories: readonly RecordedHistory[]): Promise<string[]> {
  silenceRuntime();
  const options = { workflowBundle: { code: bundle } };
  const { History } = protos.temporal.api.history.v1;
  const runs = histories.map(({ workflowId, history }) => ({ workflowId, history: History.fromObject(history) }));
  const broken: string[] = [];
  const nameOf = (id: string) => histories.find(({ workflowId }) => workflowId === id)?.name ?? id;
  let replayed = 0;
  for await (const { workflowId, error } of Worker.runReplayHistories(options, runs)) {
    replayed += 1;
    if (error) broken.push(`${nameOf(workflowId)}: ${error.name}: ${error.message}`);
  }
  if (replayed !== histories.length) broken.push(`${replayed} of ${histories.length} recorded runs were replayed`);
  return broken.toSorted();
}
