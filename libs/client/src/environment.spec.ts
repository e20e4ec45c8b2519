import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCertificates } from '@longhaul/testing/servers';
import { describe, expect, it, test } from 'vitest';
import { connectionFromEnvironment } from './environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'longhaul-environment-'));
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const { authority, certificate, key } = testCertificates;
const [certPath, keyPath, caPath] = [file('cert.pem', certificate), file('key.pem', key), file('ca.pem', authority)];
const tlsOf = (environment: Record<string, string>) => connectionFromEnvironment(environment).connection.tls;

test('an empty environment means the local server and its default namespace', () => {
  const settings = { connection: { address: '127.0.0.1:7233' }, namespace: 'default' };
  expect(connectionFromEnvironment({ HOME: '/nowhere', TEMPORAL_API_KEY: '', TEMPORAL_TLS: '' })).toEqual(settings);
});

test("Temporal's own variables set the address and the namespace", () => {
  expect(
    connectionFromEnvironment({ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: 'rides', TEMPORAL_API_KEY: '' }),
  ).toEqual({ connection: { address: 'temporal:7233' }, namespace: 'rides' });
});

test('metadata is sent with the names that gRPC uses', () => {
  const { connection } = connectionFromEnvironment({ TEMPORAL_GRPC_META_X_CALLED_BY: 'rides' });
  expect(connection.metadata).toEqual({ 'x-called-by': 'rides' });
});

describe('TLS is switched on by', () => {
  it.each([
    ['an API key', { TEMPORAL_API_KEY: 'k' }],
    ['TEMPORAL_TLS alone', { TEMPORAL_TLS: 'true' }],
    ['TEMPORAL_TLS in another spelling', { TEMPORAL_TLS: 'Yes' }],
    ['the name of the server', { TEMPORAL_TLS_SERVER_NAME: 'temporal.longhaul.test' }],
    ['an authority in a file', { TEMPORAL_TLS_SERVER_CA_CERT_PATH: caPath }],
    ['an authority in a variable', { TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority }],
    ['a certificate in files', { TEMPORAL_TLS_CLIENT_CERT_PATH: certPath, TEMPORAL_TLS_CLIENT_KEY_PATH: keyPath }],
    ['a certificate in variables', { TEMPORAL_TLS_CLIENT_CERT_DATA: certificate, TEMPORAL_TLS_CLIENT_KEY_DATA: key }],
  ])('%s', (_what, environment) => {
    expect(tlsOf(environment)).toBeTruthy();
  });

  it('a profile, unless the variables say otherwise', () => {
    const path = file(
      'temporal.toml',
      `[profile.default]\naddress = "default:1"\n[profile.cloud]\naddress = "cloud:7233"\nnamespace = "rides"\n[profile.cloud.tls]\nserver_name = "t"\n`,
    );
    expect(connectionFromEnvironment({ TEMPORAL_CONFIG_FILE: path })).toMatchObject({
      connection: { address: 'default:1' },
    });
    expect(
      connectionFromEnvironment({ TEMPORAL_CONFIG_FILE: path, TEMPORAL_PROFILE: 'cloud', TEMPORAL_NAMESPACE: 'r2' }),
    ).toMatchObject({ connection: { address: 'cloud:7233', tls: { serverNameOverride: 't' } }, namespace: 'r2' });
  });
});

describe('an incomplete configuration is an error that names the variable:', () => {
  const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const otherPem = otherKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const profiles = (text: string) => file(`${String(text.length)}.toml`, text);

  it.each<[string, Record<string, string>, RegExp]>([
    ['a certificate without a key', { TEMPORAL_TLS_CLIENT_CERT_PATH: certPath }, /TEMPORAL_TLS_CLIENT_KEY_PATH/],
    ['a key without a certificate', { TEMPORAL_TLS_CLIENT_KEY_DATA: key }, /TEMPORAL_TLS_CLIENT_CERT_PATH/],
    [
      'the key of another certificate',
      { TEMPORAL_TLS_CLIENT_CERT_DATA: certificate, TEMPORAL_TLS_CLIENT_KEY_DATA: otherPem },
      /TEMPORAL_TLS_CLIENT_KEY is not the key/,
    ],
    ['an authority, and no TLS', { TEMPORAL_TLS: 'false', TEMPORAL_TLS_SERVER_CA_CERT_PATH: caPath }, /TEMPORAL_TLS /],
    ['an API key, and no TLS', { TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: 'k-secret' }, /TEMPORAL_TLS .*API key/],
    ['neither true nor false', { TEMPORAL_TLS: 'perhaps' }, /TEMPORAL_TLS must be true or false/],
    ['a missing file', { TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/nowhere' }, /SERVER_CA_CERT_PATH .*ENOENT/],
    ['an invalid certificate', { TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'abc' }, /SERVER_CA_CERT_DATA .*no PEM/],
    [
      'one thing twice',
      { TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority, TEMPORAL_TLS_SERVER_CA_CERT_PATH: caPath },
      /TEMPORAL_TLS_SERVER_CA_CERT_PATH and TEMPORAL_TLS_SERVER_CA_CERT_DATA/,
    ],
    ['a name from another tool', { TEMPORAL_TLS_CERT: certPath }, /TEMPORAL_TLS_CERT is read by nobody/],
    ['a check left out', { TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: 'true' }, /DISABLE_HOST_VERIFICATION cannot/],
    ['an address with a scheme', { TEMPORAL_ADDRESS: 'https://temporal:7233' }, /TEMPORAL_ADDRESS must be host:port/],
    ['a key with its line break', { TEMPORAL_API_KEY: 'k-secret\n' }, /TEMPORAL_API_KEY must be printable/],
    ['a profile without a file', { TEMPORAL_PROFILE: 'cloud' }, /TEMPORAL_CONFIG_FILE is not set/],
    ['a missing profile file', { TEMPORAL_CONFIG_FILE: '/nowhere' }, /TEMPORAL_CONFIG_FILE .*ENOENT/],
    [
      'a profile that is not in the file',
      { TEMPORAL_CONFIG_FILE: profiles('[profile.a]\naddress = "a:1"'), TEMPORAL_PROFILE: 'b' },
      /TEMPORAL_PROFILE names no profile.*\[b\]/,
    ],
    [
      'a misspelt table in the file',
      { TEMPORAL_CONFIG_FILE: profiles('[profile.default.tsl]\nserver_name = "t"') },
      /TEMPORAL_CONFIG_FILE .*tsl/,
    ],
    [
      'a profile without TLS, and an API key',
      { TEMPORAL_CONFIG_FILE: profiles('[profile.default.tls]\ndisabled = true'), TEMPORAL_API_KEY: 'k-secret' },
      /TEMPORAL_TLS /,
    ],
  ])('%s', (_what, environment, message) => {
    expect(() => connectionFromEnvironment(environment)).toThrow(message);
    expect(() => connectionFromEnvironment(environment)).not.toThrow(/k-secret|PRIVATE KEY/);
  });

  it('all mistakes at once', () => {
    const all = { TEMPORAL_TLS: 'perhaps', TEMPORAL_ADDRESS: 'http://t', TEMPORAL_PROFILE: 'p' };
    expect(() => connectionFromEnvironment(all)).toThrow(
      /TEMPORAL_ADDRESS .*TEMPORAL_TLS .*TEMPORAL_CONFIG_FILE is not set/,
    );
  });
});
