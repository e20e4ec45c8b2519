import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A copy of the repository's present files, with links to its installed packages. */
export interface CopiedTree {
  readonly folder: string;
  remove(): void;
}

const ours = '@longhaul';

export function copyTree(repository: string): CopiedTree {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'longhaul-copy-')));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    maxBuffer: 64 * 1_024 * 1_024,
  });
  for (const file of listed.toString().split('\0').filter(Boolean)) cpSync(join(repository, file), join(folder, file));
  const installed = ['.', ...workspaces(repository)].filter((at) =>
    readdirSync(join(repository, at)).includes('node_modules'),
  );
  for (const at of installed) linkPackages(join(repository, at, 'node_modules'), join(folder, at, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function workspaces(repository: string): string[] {
  return ['apps', 'libs'].flatMap((room) =>
    readdirSync(join(repository, room), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(room, name)),
  );
}

/** Links our own packages to the copy, and all others to the original folder. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== ours) symlinkSync(join(from, name), join(to, name));
  }
  if (!readdirSync(from).includes(ours)) return;
  for (const name of readdirSync(join(from, ours))) {
    const link = join(to, ours, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(readlinkSync(join(from, ours, name)), link);
  }
}
