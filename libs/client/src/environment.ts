import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ConnectionSettings } from './temporal.ts';

/**
 * The settings that Temporal's own tools read: `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`,
 * `TEMPORAL_TLS` and the other `TEMPORAL_TLS_…`. A profile file is read only when `TEMPORAL_CONFIG_FILE` names it: what
 * lies in a home directory must not decide where a service connects.
 */
export function connectionFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): ConnectionSettings {
  const overrideEnvVars: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    // A variable that is set to nothing counts as one that is not set.
    if (value) overrideEnvVars[name] = value;
  }
  const { connectionOptions, namespace } = loadClientConnectConfig({
    overrideEnvVars,
    disableFile: overrideEnvVars.TEMPORAL_CONFIG_FILE === undefined,
  });
  return { connection: { ...connectionOptions }, namespace: namespace ?? 'default' };
}
