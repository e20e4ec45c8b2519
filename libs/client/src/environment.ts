import { loadClientConnectConfig } from '@temporalio/envconfig';
import { profileIn } from './environment/profile-file.ts';
import { tlsMistakes } from './environment/tls-mistakes.ts';
import { asGiven, forLibrary, variableMistakes } from './environment/variables.ts';

/** Can be used for `connect` and for a worker's connection. */
export interface TemporalSettings {
  readonly connection: Pick<
    ReturnType<typeof loadClientConnectConfig>['connectionOptions'],
    'apiKey' | 'tls' | 'metadata'
  > & { readonly address: string };
  readonly namespace: string;
}

const localServer = '127.0.0.1:7233';

/**
 * The settings that Temporal's own tools read: `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`,
 * `TEMPORAL_TLS`, the `TEMPORAL_TLS_…` and `TEMPORAL_GRPC_META_…`. A profile file is read only when `TEMPORAL_CONFIG_FILE`
 * names it: a file in a home directory must not decide where a service connects. An incomplete configuration is an error that
 * names every variable, never a connection without TLS.
 */
export function connectionFromEnvironment(environment: Readonly<Record<string, string | undefined>>): TemporalSettings {
  const given = asGiven(environment);
  const file = profileIn(given);
  const mistakes = [...variableMistakes(given), ...file.mistakes];
  if (mistakes.length === 0) mistakes.push(...tlsMistakes(given, file.profile));
  if (mistakes.length > 0) throw new Error(mistakes.join('; '));

  const { connectionOptions, namespace } = loadClientConnectConfig({
    overrideEnvVars: forLibrary(given),
    ...(file.source ? { configSource: file.source } : { disableFile: true }),
  });
  const { address = localServer, apiKey, tls, metadata } = connectionOptions;
  return {
    connection: {
      address,
      ...(apiKey !== undefined && { apiKey }),
      ...(tls && { tls }),
      ...(metadata && { metadata }),
    },
    namespace: namespace ?? 'default',
  };
}
