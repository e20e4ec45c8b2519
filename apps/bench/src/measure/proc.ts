import { readdir, readFile } from 'node:fs/promises';

/** The needed fields of `/proc/PID/stat` or `/proc/PID/task/TID/stat`. */
export interface ProcessStat {
  readonly id: number;
  readonly name: string;
  readonly parent: number;
  /** Its own user and system time, in milliseconds. */
  readonly cpuMs: number;
  /** The same for children that have ended and been waited for. */
  readonly endedChildrenCpuMs: number;
}

/** `USER_HZ` is 100 on every Linux that Node runs on. */
const msPerTick = 10;

export function parseStat(line: string): ProcessStat {
  // The second field is the program's name in brackets, which may contain blanks and brackets.
  const [, id, name, rest] = /^(\d+) \((.*)\) (.*)$/s.exec(line.trim()) ?? [];
  const fields = rest?.split(' ') ?? [];
  const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
  if (id === undefined || name === undefined || childSystem === undefined) {
    throw new Error(`Not a line of /proc/PID/stat [${line}]`);
  }
  return {
    id: Number(id),
    name,
    parent: Number(fields[1]),
    cpuMs: (user! + system!) * msPerTick,
    endedChildrenCpuMs: (childUser! + childSystem) * msPerTick,
  };
}

/** `VmRSS:    1234 kB` of `/proc/PID/status`, in KB. */
export function parseRssKb(status: string): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error('The process has no resident memory: it has ended');
  return Number(kilobytes);
}

/** A process and all its descendants. */
export function treeOf(root: number, all: readonly ProcessStat[]): ProcessStat[] {
  const below = all.filter(({ parent }) => parent === root).flatMap(({ id }) => treeOf(id, all));
  return [...all.filter(({ id }) => id === root), ...below];
}

export async function rssKb(pid: number): Promise<number> {
  return parseRssKb(await readFile(`/proc/${pid}/status`, 'utf8'));
}

export async function cpuMs(pid: number): Promise<number> {
  return parseStat(await readFile(`/proc/${pid}/stat`, 'utf8')).cpuMs;
}

/** Includes ended children, because a database starts a process for each connection. */
export async function cpuMsOfTree(pid: number): Promise<number> {
  const tree = treeOf(pid, await everyProcess());
  return tree.reduce((sum, process) => sum + process.cpuMs + process.endedChildrenCpuMs, 0);
}

export async function threadsOf(pid: number): Promise<ProcessStat[]> {
  const threads = (await readdir(`/proc/${pid}/task`)).map((id) => readStat(`/proc/${pid}/task/${id}/stat`));
  return (await Promise.all(threads)).filter((thread) => thread !== undefined);
}

async function everyProcess(): Promise<ProcessStat[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return (await Promise.all(ids.map((id) => readStat(`/proc/${id}/stat`)))).filter((process) => process !== undefined);
}

/** Undefined if it has ended since it was listed. */
async function readStat(path: string): Promise<ProcessStat | undefined> {
  const line = await readFile(path, 'utf8').catch(() => undefined);
  return line === undefined ? undefined : parseStat(line);
}
