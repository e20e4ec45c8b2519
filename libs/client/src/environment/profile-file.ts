import { readFileSync } from 'node:fs';
import { loadClientConfigFromToml, type ClientConfigProfile } from '@temporalio/envconfig';
import type { Given } from './variables.ts';

export interface ProfileFile {
  readonly source?: { readonly data: Uint8Array };
  readonly profile?: ClientConfigProfile;
  readonly mistakes: readonly string[];
}

/** The requested profile. The SDK's reader ignores missing files and unknown names; here they are errors. */
export function profileIn({ TEMPORAL_CONFIG_FILE: path, TEMPORAL_PROFILE: asked }: Given): ProfileFile {
  if (path === undefined) {
    return { mistakes: asked === undefined ? [] : ['TEMPORAL_CONFIG_FILE is not set, and TEMPORAL_PROFILE is'] };
  }
  const name = asked ?? 'default';
  try {
    const data = readFileSync(path);
    const { profiles } = loadClientConfigFromToml(data, { strict: true });
    if (!Object.hasOwn(profiles, name)) {
      return { mistakes: [`TEMPORAL_PROFILE names no profile of TEMPORAL_CONFIG_FILE [${name}]`] };
    }
    return { source: { data }, profile: profiles[name]!, mistakes: [] };
  } catch (error) {
    return { mistakes: [`TEMPORAL_CONFIG_FILE cannot be used (${(error as Error).message})`] };
  }
}
