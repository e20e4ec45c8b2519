/**
 * Environment variables that `vitest-setup.ts` sets for all spec files. Vitest resolves imports of that file in its own way, so
 * neither file may import a package of this repository.
 */
export const specRun = {
  /** The address of a running Temporal server. */
  server: 'LONGHAUL_TEST_SERVER',
  /** A cache folder for workflow bundles, because making one takes two seconds. */
  bundles: 'LONGHAUL_SPEC_BUNDLES',
} as const;
