import { access, mkdir, writeFile } from 'node:fs/promises';
import { House, type WorkerUnderTest } from '../house.ts';
import type { RunHandle } from '../judge.ts';
import { written } from './recorded.ts';

/** A run whose history is kept: its name says what it shows, and `play` runs it. */
export interface RecordedRun {
  /** In kebab-case; the name of its file. */
  readonly name: string;
  /** Resolves when the run has ended or is parked; its history up to then is recorded. */
  readonly play: (house: House, name: string) => Promise<RunHandle>;
}

export interface Recording {
  readonly runs: readonly RecordedRun[];
  readonly workers: readonly WorkerUnderTest[];
  /** The worker's folder `histories`, with a final slash. */
  readonly folder: URL;
  /**
   * Names of runs to record again. Other existing recordings are kept, because they may be the only ones of an older version of
   * a story under which runs in production were started.
   */
  readonly again?: readonly string[];
  readonly tell?: (line: string) => void;
}

/** Records the runs that have no file yet. */
export async function recordRuns({ runs, workers, folder, again = [], tell }: Recording): Promise<void> {
  const wanted = [];
  for (const run of runs) if (again.includes(run.name) || !(await isThere(fileOf(folder, run)))) wanted.push(run);
  if (wanted.length === 0) return tell?.(`All ${runs.length} runs are recorded`);

  await mkdir(folder, { recursive: true });
  const house = await House.open(workers);
  try {
    for (const run of wanted) {
      const played = await run.play(house, run.name);
      await house.judge();
      await writeFile(fileOf(folder, run), written(await played.fetchHistory(), played.workflowId));
      house.sandbox.faults.clear();
      tell?.(`recorded ${run.name}`);
    }
  } finally {
    await house.close();
  }
}

const fileOf = (folder: URL, { name }: RecordedRun): URL => new URL(`${name}.json`, folder);

async function isThere(file: URL): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
