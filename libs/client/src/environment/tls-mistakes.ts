import { createPrivateKey, X509Certificate } from 'node:crypto';
import { loadClientConfigProfile, loadConfigData, type ClientConfigProfile } from '@temporalio/envconfig';
import { forLibrary, type Given } from './variables.ts';

type Tls = NonNullable<ClientConfigProfile['tls']>;
type Part = 'clientCert' | 'clientKey' | 'serverCACert';

/** The variable of each part. */
const variableOf: Readonly<Record<Part, string>> = {
  clientCert: 'TEMPORAL_TLS_CLIENT_CERT',
  clientKey: 'TEMPORAL_TLS_CLIENT_KEY',
  serverCACert: 'TEMPORAL_TLS_SERVER_CA_CERT',
};
const parts = Object.keys(variableOf) as Part[];

/** Checks TLS as set by variables and profile together: complete, readable and not switched off. */
export function tlsMistakes(given: Given, profile: ClientConfigProfile | undefined): string[] {
  const twice = parts.map((part) => variableOf[part]).filter((name) => given[`${name}_PATH`] && given[`${name}_DATA`]);
  if (twice.length > 0) return twice.map((name) => `${name}_PATH and ${name}_DATA are both set: one is wanted`);

  const fromVariables = loadClientConfigProfile({ overrideEnvVars: forLibrary(given), disableFile: true });
  const tls: Tls = { ...profile?.tls, ...fromVariables.tls };
  const wantsTls = parts.some((part) => tls[part]) || tls.serverName !== undefined;
  const apiKey = fromVariables.apiKey ?? profile?.apiKey;
  if (tls.disabled && (wantsTls || apiKey !== undefined)) {
    const what = apiKey === undefined ? 'the other settings of TLS' : 'an API key';
    return [`TEMPORAL_TLS (or the profile) switches TLS off, and ${what} would be sent nowhere without it`];
  }
  if (tls.clientCert && !tls.clientKey)
    return ['TEMPORAL_TLS_CLIENT_KEY_PATH (or …_DATA) is not set: the certificate needs it'];
  if (tls.clientKey && !tls.clientCert)
    return ['TEMPORAL_TLS_CLIENT_CERT_PATH (or …_DATA) is not set: the key needs it'];
  return unreadable(tls);
}

function unreadable(tls: Tls): string[] {
  const mistakes: string[] = [];
  const read = <T>(part: Part, as: (pem: Buffer) => T): T | undefined => {
    const source = tls[part];
    if (!source) return undefined;
    try {
      return as(Buffer.from(loadConfigData(source)!));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      // OpenSSL's message could contain parts of a key, so it is not repeated.
      const why = 'path' in source && code?.startsWith('E') && !code.startsWith('ERR_') ? message : 'it is no PEM';
      mistakes.push(`${variableOf[part]}_${'path' in source ? 'PATH' : 'DATA'} cannot be read (${why})`);
      return undefined;
    }
  };
  read('serverCACert', (pem) => new X509Certificate(pem));
  const certificate = read('clientCert', (pem) => new X509Certificate(pem));
  const key = read('clientKey', (pem) => createPrivateKey(pem));
  if (certificate && key && !certificate.checkPrivateKey(key)) {
    mistakes.push('TEMPORAL_TLS_CLIENT_KEY is not the key of TEMPORAL_TLS_CLIENT_CERT');
  }
  return mistakes;
}
