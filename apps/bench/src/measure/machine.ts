import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, totalmem } from 'node:os';

const require = createRequire(import.meta.url);

/** The machine of the measurement, without which figures cannot be compared. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  /** The load average of the minute before: near 0 on an idle machine. */
  readonly loadBefore: number;
  readonly node: string;
  readonly sdk: string;
}

export function thisMachine(): Machine {
  const cores = cpus();
  return {
    cores: cores.length,
    processor: cores[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadBefore: loadavg()[0] ?? 0,
    node: process.version,
    sdk: versionOf('@temporalio/worker'),
  };
}

function versionOf(name: string): string {
  const manifest = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as { version: string };
  return manifest.version;
}

export function tellMachine({ cores, processor, memoryGb, loadBefore, node, sdk }: Machine): string {
  const noisy = loadBefore > 0.5 ? ' (not quiet: trust the ratios, not the times)' : '';
  return `${cores} cores (${processor}), ${memoryGb} GB, load ${loadBefore.toFixed(2)}${noisy}; Node ${node}, Temporal SDK ${sdk}`;
}
