import { access, mkdir, writeFile } from 'node:fs/promises';
import { House, type WorkerUnderTest } from '../house.ts';
import type { RunHandle } from '../judge.ts';
import { written } from './recorded.ts';

/** A run worth keeping: what it shows is its name, and `play` brings it about. */
export interface RecordedRun {
  /** In kebab-case; the name of its file. */
  readonly name: string;
  /** The run as it stands when this resolves is what is kept: ended, or parked. */
  readonly play: (house: House, name: string) => Promise<RunHandle>;
}

export interface Recording {
  readonly runs: readonly RecordedRun[];
  readonly workers: readonly WorkerUnderTest[];
  /** The worker's folder `histories`, with a slash at its end. */
  readonly folder: URL;
  /**
   * Records these anew, by name. A run that is there is left alone otherwise: it may be the last witness of a story that
   * runs out there were started under.
   */
  readonly again?: readonly string[];
  readonly tell?: (line: string) => void;
}

/** Plays the runs that have no file yet, and writes down their histories. */
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
