import { z } from 'zod';

export type Given = Readonly<Record<string, string>>;

const metadataPrefix = 'TEMPORAL_GRPC_META_';

/** An empty variable counts as not set, except for metadata: there it removes the value of the profile. */
export function asGiven(environment: Readonly<Record<string, string | undefined>>): Given {
  const given = Object.entries(environment).filter(([name, value]) => value || name.startsWith(metadataPrefix));
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? '']));
}

const yesOrNo = z.stringbool({ error: 'must be true or false' });

const checks: Readonly<Record<string, z.ZodType>> = {
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+$/, 'must be host:port, without a scheme'),
  TEMPORAL_API_KEY: z.string().regex(/^[\x21-\x7e]+$/, 'must be printable, without spaces or line breaks'),
  TEMPORAL_TLS: yesOrNo,
  TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: yesOrNo.refine((disabled) => !disabled, {
    error: "cannot be had: name the server's CA with TEMPORAL_TLS_SERVER_CA_CERT_PATH instead",
  }),
};

const known = new Set([
  ...Object.keys(checks),
  'TEMPORAL_TLS_SERVER_NAME',
  ...['CLIENT_CERT', 'CLIENT_KEY', 'SERVER_CA_CERT'].flatMap((what) => [
    `TEMPORAL_TLS_${what}_PATH`,
    `TEMPORAL_TLS_${what}_DATA`,
  ]),
]);

/** Checks each variable on its own. Messages contain no values, because a key may be in the wrong variable. */
export function variableMistakes(given: Given): string[] {
  const wrong = Object.entries(checks).flatMap(([name, check]) => {
    const read = given[name] === undefined ? undefined : check.safeParse(given[name]);
    return read?.error ? [`${name} ${read.error.issues[0]!.message}`] : [];
  });
  const unread = Object.keys(given).filter((name) => name.startsWith('TEMPORAL_TLS') && !known.has(name));
  const allKnown = [...known].filter((name) => name.startsWith('TEMPORAL_TLS')).join(', ');
  return [...wrong, ...unread.map((name) => `${name} is read by nobody; there are ${allKnown}`)];
}

/** Converts variables for the SDK's reader, which knows only one spelling of booleans and replaces only one "_" by "-". */
export function forLibrary(given: Given): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (name === 'TEMPORAL_TLS') return [name, String(yesOrNo.parse(value))];
      if (!name.startsWith(metadataPrefix)) return [name, value];
      return [metadataPrefix + name.slice(metadataPrefix.length).replaceAll('_', '-'), value];
    }),
  );
}
