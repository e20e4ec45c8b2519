import { spawn } from 'node:child_process';
import { findTemporalCli, tellOnlyWaits } from '@longhaul/testing/servers';

/** Temporal's own command line, pointed at the kept server unless \`TEMPORAL_ADDRESS\` says otherwise. */
export async function cli(address: string | undefined, args: readonly string[]): Promise<number> {
  const executable = await findTemporalCli(tellOnlyWaits());
  const env = { ...(address && { TEMPORAL_ADDRESS: address }), ...process.env };
  const child = spawn(executable, args, { stdio: 'inherit', env });
  // The terminal sends SIGINT to the child as well; this process only has to wait for its end.
  process.on('SIGINT', () => undefined);
  return await new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new Error(`The Temporal CLI did not start [${executable}]`, { cause })));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
