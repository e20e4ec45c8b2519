import { groupOf, idle, type Frame } from './groups.ts';
import { eachSample, type CallFrame, type CpuProfile, type Window } from './read-profile.ts';

export type Thread = 'main' | 'workflow';

export interface Times {
  /** Milliseconds per booking, by thread and group. */
  readonly groups: Readonly<Record<string, number>>;
  /** The same by function, costliest first. */
  readonly functions: readonly { readonly name: string; readonly ms: number }[];
}

const functionsKept = 60;

/**
 * Samples count wall time, which on a busy machine is more than the thread's CPU time. So they only divide the CPU time of the
 * thread according to the kernel: `cpuMsEach`, per booking.
 */
export function groupTimes(
  profiles: readonly CpuProfile[],
  window: Window,
  cpuMsEach: Readonly<Record<Thread, number>>,
  placeOf: (frame: CallFrame) => Frame,
): Times {
  const byGroup = new Map<string, number>();
  const byFunction = new Map<string, number>();
  for (const profile of profiles) {
    const thread = threadOf(profile);
    const samples: { group: string; place: string; us: number }[] = [];
    eachSample(profile, window, (stack, us) => {
      if (idle(stack[0]!)) return;
      const frames = stack.map(placeOf);
      samples.push({ group: `${thread}: ${groupOf(frames)}`, place: `${thread}: ${shown(frames[0]!)}`, us });
    });
    const msPerUs = cpuMsEach[thread] / samples.reduce((sum, { us }) => sum + us, 0);
    for (const { group, place, us } of samples) {
      add(byGroup, group, us * msPerUs);
      add(byFunction, place, us * msPerUs);
    }
  }
  return {
    groups: Object.fromEntries(byGroup),
    functions: [...byFunction]
      .map(([name, ms]) => ({ name, ms }))
      .sort((a, b) => b.ms - a.ms)
      .slice(0, functionsKept),
  };
}

function threadOf({ nodes }: CpuProfile): Thread {
  return nodes.some(({ callFrame }) => callFrame.url.includes('workflow-worker-thread')) ? 'workflow' : 'main';
}

function shown({ functionName, url }: Frame): string {
  const place = url.replace(/^.*node_modules\//, '').replace(/^.*\/((apps|libs)\/)/, '$1');
  return `${functionName.slice(0, 60) || '(anonymous)'} ${place.slice(-70)}`.trim();
}

function add(times: Map<string, number>, name: string, ms: number): void {
  times.set(name, (times.get(name) ?? 0) + ms);
}
