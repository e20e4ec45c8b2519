export type RunMode = 'cached' | 'replayed';

/** The gate runs specs in the mode of production. The deep run sets this variable for the other modes. */
export const inOtherModes = process.env.LONGHAUL_MODES === 'others';

/** `replayed` replays at each workflow task, to find non-determinism that a cached workflow hides. */
export const runModes: readonly RunMode[] = [inOtherModes ? 'replayed' : 'cached'];
