import { setTimeout as sleep } from 'node:timers/promises';
import { findMotoServer } from './aws-tools.ts';
import { startChild, tellEnding, type Child } from './child.ts';
import { freePort } from './ports.ts';
import { tellOnlyWaits } from './progress.ts';

export interface AwsEmulatorOptions {
  /** The `moto_server` executable. Default: searched for. */
  readonly executable?: string;
  readonly logFile?: string;
}

/** SNS and SQS in memory. It has no locks, so calls that change the same queue should not be concurrent. */
export interface AwsEmulator {
  readonly url: string;
  /** The variables that AWS's clients read to find it. It accepts any credentials. */
  readonly environment: Readonly<Record<`AWS_${string}`, string>>;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  tail(lines?: number): string;
  stop(): Promise<void>;
  /** Sends SIGKILL, like a crash. */
  kill(): Promise<void>;
}

const host = '127.0.0.1';
const startAttempts = 4;
const readyWithinMs = 60_000;
const lookAgainMs = 50;

export async function startAwsEmulator(options: AwsEmulatorOptions = {}): Promise<AwsEmulator> {
  const executable = options.executable ?? (await findMotoServer(tellOnlyWaits()));
  const { child, url } = await startOnFreePort(executable, options.logFile);
  return {
    url,
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'emulated',
      AWS_SECRET_ACCESS_KEY: 'emulated',
    },
    pid: child.pid,
    ended: child.ended,
    tail: (lines) => child.tail(lines),
    async stop() {
      await child.stop();
    },
    async kill() {
      await child.kill();
    },
  };
}

/** A free port may be taken before the emulator listens; then it is started on another one. */
async function startOnFreePort(
  executable: string,
  logFile: string | undefined,
): Promise<{ child: Child; url: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = await startChild({
      name: 'AWS emulator',
      command: executable,
      args: ['-H', host, '-p', String(port)],
      logFile,
    });
    const url = `http://${host}:${port}`;
    try {
      await untilAnswered(child, `${url}/moto-api/`);
      return { child, url };
    } catch (error) {
      await child.kill();
      if (!/address already in use/i.test(String(error)) || attempt === startAttempts) throw error;
    }
  }
}

async function untilAnswered(child: Child, url: string): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMs;
  for (;;) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    // Checked last: if it has ended, an answer on its port is from another process.
    const ending = child.ending();
    if (ending) throw new Error(`${child.name} ${tellEnding(ending)}:\n${child.tail()}`);
    if (answered) return;
    if (Date.now() > giveUpAt) throw new Error(`${child.name} does not answer [${url}]:\n${child.tail()}`);
    await sleep(lookAgainMs);
  }
}
