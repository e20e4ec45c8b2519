import type { RunMode } from './house.ts';

/** In the gate each spec runs once. The deep run sets LONGHAUL_MODES=all: there it runs with replay forced, too. */
export const inAllModes = process.env.LONGHAUL_MODES === 'all';

export const runModes: readonly RunMode[] = inAllModes ? ['cached', 'replayed'] : ['cached'];
