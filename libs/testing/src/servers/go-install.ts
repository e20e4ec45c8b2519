import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { WayClosed, type Way } from './find-executable.ts';
import { onPath, run, type Environment } from './machine.ts';

export interface GoProgram {
  /** `example.com/cmd/program@v1.2.3` */
  readonly module: string;
  /** How long a first build usually takes, as it is told to who waits. */
  readonly takes: string;
  readonly target: string;
  /** The Go version that the module asks for. An older `go` fetches it by itself. Default: whatever is installed. */
  readonly toolchain?: string;
}

/** Builds into a folder of its own and moves the result, so that a build that was stopped is never taken for a whole one. */
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
