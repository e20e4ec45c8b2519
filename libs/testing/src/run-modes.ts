export type RunMode = 'cached' | 'replayed';

/** In the gate each spec runs as runs do in production. The deep run sets this for what the gate leaves out. */
export const inOtherModes = process.env.LONGHAUL_MODES === 'others';

/** `replayed`: a replay at each task finds what a cached workflow hides. */
export const runModes: readonly RunMode[] = [inOtherModes ? 'replayed' : 'cached'];
