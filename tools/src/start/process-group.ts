import { startChild, tellEnding, type Child, type ChildSpec } from '@longhaul/testing/servers';

/** Processes are stopped in the reverse order, each before those that it needs. */
const stages = ['build', 'temporal', 'sandbox', 'apps'] as const;
type Stage = (typeof stages)[number];

/** All processes of one `npm start`. They are stopped by their ids, and no other process is. */
export interface ProcessGroup {
  start(stage: Stage, spec: Omit<ChildSpec, 'ownGroup'>): Promise<Child>;
  /** Rejects as soon as a process ends that was not stopped. */
  readonly collapsed: Promise<never>;
  stop(): Promise<void>;
  /** Sends SIGKILL to all. */
  kill(): void;
}

interface Member {
  readonly stage: Stage;
  readonly child: Child;
  readonly logFile: string | undefined;
}

export function createProcessGroup(): ProcessGroup {
  const members: Member[] = [];
  let stopping = false;
  let collapse: (reason: Error) => void = () => undefined;
  const collapsed = new Promise<never>((_, reject) => (collapse = reject));
  // Without this, a rejection while nothing awaits it would end the process. The next step sees it anyway.
  collapsed.catch(() => undefined);

  return {
    collapsed,
    async start(stage, spec) {
      const child = await startChild({ ...spec, ownGroup: true });
      if (stopping) {
        await child.kill();
        throw new Error(`${spec.name} was not started, as everything is being stopped`);
      }
      const member = { stage, child, logFile: spec.logFile };
      members.push(member);
      void child.ended.then(() => {
        if (!stopping && stage !== 'build') collapse(fallen(member));
      });
      return child;
    },
    async stop() {
      stopping = true;
      for (const stage of [...stages].reverse()) {
        await Promise.all(members.filter((member) => member.stage === stage).map(({ child }) => stopped(child)));
      }
    },
    kill() {
      stopping = true;
      for (const { child } of members) if (!child.ending()) void child.kill();
    },
  };
}

async function stopped(child: Child): Promise<void> {
  if (!child.ending()) await child.stop();
}

function fallen({ child, logFile }: Member): Error {
  const ending = child.ending();
  const where = logFile ? `\nIts log: ${logFile}` : '';
  return new Error(
    `${child.name} ${ending ? tellEnding(ending) : 'ended'}. Last output:\n${indented(child.tail(12))}${where}`,
  );
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}
