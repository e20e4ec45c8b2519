import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * The process id with the start time, which distinguishes a process from a later one with the same id. Undefined if there is no
 * such process.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (!exists(pid)) return undefined;
  const found = (await lookIntoProc(pid)) ?? (await askPs(pid));
  // An ended process keeps its id until its parent has read its exit code.
  return !found || found.state.startsWith('Z') ? undefined : `${pid}-${found.startedAt}`;
}

interface Found {
  readonly state: string;
  readonly startedAt: string;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function lookIntoProc(pid: number): Promise<Found | undefined> {
  try {
    // The second field is the program's name in brackets, which may contain blanks and brackets.
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
    const [state, startedAt] = [fields[0], fields[19]];
    return state === undefined || startedAt === undefined ? undefined : { state, startedAt };
  } catch {
    return undefined;
  }
}

async function askPs(pid: number): Promise<Found | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'state=,lstart=', '-p', String(pid)]);
    const [state = '', ...startedAt] = stdout.trim().split(/\s+/);
    return startedAt.length > 0 ? { state, startedAt: startedAt.join('_').replace(/\W/g, '_') } : undefined;
  } catch {
    return undefined;
  }
}
