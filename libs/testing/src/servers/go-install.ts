import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { WayClosed, type Way } from './find-executable.ts';
import { onPath, run, type Environment } from './machine.ts';

export interface GoProgram {
  /** `example.com/cmd/program@v1.2.3` */
  readonly module: string;
  /** How long a first build usually takes, for messages. */
  readonly takes: string;
  readonly target: string;
  /** The Go version that the module needs. An older `go` downloads it itself. Default: the installed one. */
  readonly toolchain?: string;
}

/** Builds into a temporary folder and moves the result, so that an interrupted build is never used. */
export function goInstall({ module, takes, target, toolchain }: GoProgram, env: Environment): Way {
  return {
    name: `\`go install ${module}\``,
    takes,
    async walk() {
      const go = await onPath('go', env);
      if (!go) throw new WayClosed('there is no `go` on the PATH');
      await mkdir(dirname(target), { recursive: true });
      const folder = await mkdtemp(`${target}.build-`);
      try {
        await run(go, ['install', module], {
          env: { ...env, GOBIN: folder, ...(toolchain !== undefined && { GOTOOLCHAIN: toolchain }) },
        });
        await rename(`${folder}/${basename(module.replace(/@.*$/, ''))}`, target);
        return target;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
