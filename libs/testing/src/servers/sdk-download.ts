import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run, type Environment } from './machine.ts';

export interface SdkDownload {
  readonly kind: 'createLocal' | 'createTimeSkipping';
  /** The SDK names the file it downloads `<prefix>-<version>`. */
  readonly prefix: string;
  readonly version: string;
  readonly target: string;
}

/**
 * The SDK downloads a server only when it starts one, so it is started once and stopped. This happens in a separate process,
 * because loading the SDK's runtime here would prevent the caller from configuring it.
 */
const script = `
const { TestWorkflowEnvironment } = require(process.argv[1]);
const executable = { type: 'cached-download', downloadDir: process.argv[3], version: process.argv[4] };
TestWorkflowEnvironment[process.argv[2]]({ server: { executable } })
  .then((environment) => environment.teardown())
  .then(() => process.exit(0), (error) => { console.error(error.message); process.exit(1); });
`;

export async function downloadWithSdk(
  { kind, prefix, version, target }: SdkDownload,
  env: Environment,
): Promise<string> {
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(`${target}.download-`);
  try {
    const sdk = createRequire(import.meta.url).resolve('@temporalio/testing');
    await run(process.execPath, ['-e', script, sdk, kind, folder, version], { env });
    const downloaded = join(folder, `${prefix}-${version}`);
    await chmod(downloaded, 0o755);
    await rename(downloaded, target);
    return target;
  } catch (cause) {
    throw new Error(reasonOf(cause), { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first and last of the causes that the message joins with colons: what was requested, and why it failed. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const url = /\((https:[^?)]*)/.exec(message)?.[1];
  const parts = message.split(': ');
  return url ? `${url} could not be reached (${parts.at(-1)})` : message;
}
