import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { lambdaBundle, program } from '../setup/build.ts';
import { turns } from '../load/rounds.ts';
import { spreadOf } from '../measure/statistics.ts';
import { figure, spreadText, table } from '../measure/table.ts';
import { say } from '../report.ts';
import type { Bench } from './bench.ts';

const importsPerRound = 3;
const kilobyte = 1_024;
const run = promisify(execFile);

export const lambda: Bench = {
  name: 'lambda',
  about: "size of the payment intake's bundle for AWS Lambda, and the time that a new process takes to import it",
  async run({ rounds }, started) {
    const folder = await mkdtemp(join(tmpdir(), 'longhaul-lambda-'));
    started.onStop(() => rm(folder, { recursive: true, force: true }));
    const bundle = { name: 'the bundle', path: join(folder, 'lambda.mjs') };
    const nothing = { name: 'an empty module', path: join(folder, 'empty.mjs') };
    await copyFile(lambdaBundle, bundle.path);
    await writeFile(nothing.path, 'export {};\n');

    const code = await readFile(bundle.path);
    const sizeKb = code.length / kilobyte;
    // A zip file with one entry is only some hundred bytes larger.
    const zippedKb = deflateRawSync(code).length / kilobyte;
    say(`The bundle has ${figure(sizeKb)} KB, zipped ${figure(zippedKb)} KB.`);

    const times = new Map<string, number[]>([bundle, nothing].map(({ name }) => [name, []]));
    // Not measured: the first import reads the files from disk, later ones from the file cache.
    for (const { path } of [bundle, nothing]) await timeImport(path);
    const imports = rounds * importsPerRound;
    for (const { contestant } of turns([bundle, nothing], imports)) {
      times.get(contestant.name)!.push(await timeImport(contestant.path));
    }
    const [bundleMs, nothingMs] = [times.get(bundle.name)!, times.get(nothing.name)!];
    const rows = [...times].map(([name, its]) => [name, spreadText(spreadOf(its))]);
    say(`\n${table([`${imports} imports each`, 'ms: median (least–most)'], rows)}`);
    return {
      sizeKb,
      zippedKb,
      importMs: spreadOf(bundleMs),
      emptyImportMs: spreadOf(nothingMs),
    };
  },
};

/** Measures in a new process, without our packages and settings. */
async function timeImport(path: string): Promise<number> {
  const { stdout } = await run(process.execPath, [program('time-import'), pathToFileURL(path).href], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
  });
  return (JSON.parse(stdout) as { importMs: number }).importMs;
}
