import type { Addresses } from '@longhaul/testing/processes';
import type { App } from './apps.ts';

/**
 * What a shell may have set for another Temporal (a cloud namespace, say) or for a database of its own must not reach
 * apps that belong to this house, which begins empty each time and listens on this machine.
 */
const foreign = /^TEMPORAL_(API_KEY|TLS|PROFILE|CONFIG_FILE|CLIENT_)|^DATABASE_URL$|^SANDBOX_(FOLDER|HOST|PUBLIC_URL)$/;

export function withoutForeign(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(inherited).filter(([name]) => !foreign.test(name)));
}

/** Variables that are set and have no effect: whoever set them has to hear of it. */
export function notUsed(
  apps: readonly App[],
  addresses: Addresses,
  ports: Readonly<Record<App['port'], number>>,
  inherited: NodeJS.ProcessEnv,
): readonly string[] {
  const given = Object.assign(
    {},
    ...apps.map((app) => app.environment(addresses, ports[app.port])),
  ) as NodeJS.ProcessEnv;
  return Object.entries(inherited)
    .filter(([name, value]) => value && (foreign.test(name) || (given[name] ?? value) !== value))
    .map(([name]) => name)
    .toSorted();
}
